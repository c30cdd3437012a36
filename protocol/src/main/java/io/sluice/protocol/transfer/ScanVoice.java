package io.sluice.protocol.transfer;

import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.SourceLabel;

/** Passes on what the scanner tells; its messages become this side's, which a server sends to its client too. */
final class ScanVoice implements TransferListener {
    private final TransferListener listener;
    private final Notices notices;

    ScanVoice(TransferListener listener, Notices notices) {
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
            case INFO, LOG -> notices.info(text);
            case CLIENT -> notices.show(text);
            case WARNING -> notices.warning(text);
            case ERROR -> notices.error(text);
            case ERROR_XFER -> notices.fileError(text);
        }
    }

    /** How the scanner's messages show paths. */
    SourceLabel label() {
        return (directory, path) -> (path.length == 0
                        ? notices.label().quote(directory)
                        : notices.label().below(directory).quote(path))
                .toBytes();
    }
}
