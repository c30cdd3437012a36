package io.sluice.protocol.filelist;

import io.sluice.linux.Errno;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.Notice.Severity;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.session.NameCoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a scan says about single files, in rsync's words, and the error bits that travel to the receiver. */
final class ScanReport {
    private final TransferListener listener;
    private final SourceLabel label;
    private int ioError;

    ScanReport(TransferListener listener, SourceLabel label) {
        this.listener = listener;
        this.label = label;
    }

    int ioError() {
        return ioError;
    }

    /** The list has {@code entries} so far. */
    void progress(int entries) {
        listener.fileListProgress(entries);
    }

    /** {@code rsync: [sender] CALL "path" failed: reason (errno)}; something may be missing from the list. */
    void failed(String call, SourceTree tree, byte[] path, IOException cause) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        tell(Severity.ERROR_XFER, "rsync: [sender] " + call + " ", tree, path, " failed: " + reason(cause));
    }

    /** The call that failed has its path in parentheses too. */
    void attributesFailed(SourceTree tree, byte[] path, SystemCallException cause) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        String before = "rsync: [sender] get_xattr_data: l" + cause.call() + "(";
        tell(Severity.ERROR_XFER, before, tree, path, ") failed: " + reason(cause));
    }

    /** {@code readlink_stat} has its path in parentheses. */
    void statusFailed(SourceTree tree, byte[] path, IOException cause) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        tell(Severity.ERROR_XFER, "rsync: [sender] readlink_stat(", tree, path, ") failed: " + reason(cause));
    }

    /** An argument that does not exist: nothing is missing from the list. */
    void argumentMissing(SourceTree tree, byte[] path) {
        String reason = Errno.text(Errno.ENOENT) + " (" + Errno.ENOENT + ")";
        tell(Severity.ERROR_XFER, "rsync: [sender] link_stat ", tree, path, " failed: " + reason);
    }

    void vanished(SourceTree tree, byte[] path, boolean directory) {
        ioError |= FileListScanner.IO_ERROR_VANISHED;
        tell(Severity.WARNING, (directory ? "directory" : "file") + " has vanished: ", tree, path, "");
    }

    void leadsNowhere(SourceTree tree, byte[] path) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        tell(Severity.ERROR_XFER, "symlink has no referent: ", tree, path, "");
    }

    void copyingUnsafe(byte[] path, byte[] target) {
        var text = new ByteArrayOutputStream();
        text.writeBytes("copying unsafe symlink \"".getBytes(StandardCharsets.UTF_8));
        text.writeBytes(path);
        text.writeBytes("\" -> \"".getBytes(StandardCharsets.UTF_8));
        text.writeBytes(target);
        text.write('"');
        listener.notice(new Notice(Severity.INFO, false, text.toByteArray()));
    }

    void emptyLink(SourceTree tree, byte[] path) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        tell(Severity.ERROR_XFER, "skipping symlink with 0-length value: ", tree, path, "");
    }

    void tooLong(byte[] path) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        tell(Severity.ERROR_XFER, "skipping overly long name: ", path);
    }

    /** {@code [sender] cannot convert filename: path (reason)}: its name is none in this end's charset. */
    void cannotConvert(byte[] path, NameCoder.Failure why) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        var text = new ByteArrayOutputStream();
        text.writeBytes("[sender] cannot convert filename: ".getBytes(StandardCharsets.UTF_8));
        text.writeBytes(path);
        text.writeBytes((" (" + why.reason() + ")").getBytes(StandardCharsets.UTF_8));
        listener.notice(new Notice(Severity.ERROR_XFER, false, text.toByteArray()));
    }

    void cannotConvertTarget(SourceTree tree, byte[] path, NameCoder.Failure why) {
        ioError |= FileListScanner.IO_ERROR_GENERAL;
        String before = "[sender] cannot convert symlink data for: ";
        tell(Severity.ERROR_XFER, before, tree, path, " (" + why.reason() + ")");
    }

    void skippingDirectory(byte[] path) {
        tell(Severity.INFO, "skipping directory ", path);
    }

    private void tell(Severity severity, String before, SourceTree tree, byte[] path, String after) {
        var text = new ByteArrayOutputStream();
        text.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        text.writeBytes(label.quote(tree.directory(), path));
        text.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        listener.notice(new Notice(severity, false, text.toByteArray()));
    }

    private void tell(Severity severity, String before, byte[] path) {
        var text = new ByteArrayOutputStream();
        text.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        text.writeBytes(path);
        listener.notice(new Notice(severity, false, text.toByteArray()));
    }

    private static String reason(IOException cause) {
        if (cause instanceof SystemCallException call) {
            return call.reason() + " (" + call.errno() + ")";
        }
        return String.valueOf(cause.getMessage());
    }
}
