package io.sluice.protocol.transfer;

import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;

/** The listener of a part that knows no side: its notices go the side's way, so that they count and reach a client. */
final class NoticeRelay implements TransferListener {
    private final TransferListener listener;
    private final Notices notices;

    NoticeRelay(TransferListener listener, Notices notices) {
        this.listener = listener;
        this.notices = notices;
    }

    @Override
    public void fileListProgress(int count) {
        listener.fileListProgress(count);
    }

    @Override
    public void notice(Notice notice) {
        Text text = new Text().add(notice.text());
        switch (notice.severity()) {
            case INFO -> notices.info(text);
            case CLIENT -> notices.show(text);
            case WARNING -> notices.warning(text);
            case ERROR -> notices.error(text);
            case ERROR_XFER -> notices.fileError(text);
            case LOG -> listener.notice(notice);
        }
    }
}
