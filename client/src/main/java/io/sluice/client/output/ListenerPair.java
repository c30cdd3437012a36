package io.sluice.client.output;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;

/** Two listeners that hear everything, one after the other. */
record ListenerPair(TransferListener first, TransferListener second) implements TransferListener {
    @Override
    public void fileListProgress(int count) {
        first.fileListProgress(count);
        second.fileListProgress(count);
    }

    @Override
    public void fileListReady(int count) {
        first.fileListReady(count);
        second.fileListReady(count);
    }

    @Override
    public void fileListGrew(int count, long size, boolean complete) {
        first.fileListGrew(count, size, complete);
        second.fileListGrew(count, size, complete);
    }

    @Override
    public void listed(Item item) {
        first.listed(item);
        second.listed(item);
    }

    @Override
    public void item(Item item) {
        first.item(item);
        second.item(item);
    }

    @Override
    public void deleted(byte[] path, boolean directory) {
        first.deleted(path, directory);
        second.deleted(path, directory);
    }

    @Override
    public void transferStarted(Item item) {
        first.transferStarted(item);
        second.transferStarted(item);
    }

    @Override
    public void transferProgress(long offset, long size) {
        first.transferProgress(offset, size);
        second.transferProgress(offset, size);
    }

    @Override
    public void jointProgress(long offset, long size) {
        first.jointProgress(offset, size);
        second.jointProgress(offset, size);
    }

    @Override
    public void transferEnded(Item item, boolean complete) {
        first.transferEnded(item, complete);
        second.transferEnded(item, complete);
    }

    @Override
    public void notice(Notice notice) {
        first.notice(notice);
        second.notice(notice);
    }

    @Override
    public void brokenOff(TransferException cause) {
        first.brokenOff(cause);
        second.brokenOff(cause);
    }

    @Override
    public void finished(TransferStatistics statistics) {
        first.finished(statistics);
        second.finished(statistics);
    }
}
