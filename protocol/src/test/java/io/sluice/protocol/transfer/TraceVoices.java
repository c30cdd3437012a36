package io.sluice.protocol.transfer;

import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.wire.WireOutput;
import java.io.OutputStream;
import java.util.List;

/** Keeps what traces tell. */
final class TraceVoices {
    private final Recorder recorder = new Recorder();

    /** A voice of {@code role} with the levels that {@code words} set, such as {@code hlink2}. */
    DebugVoice of(String role, String words) {
        Notices.Voice voice = new Notices.Voice(
                recorder,
                new WireOutput(OutputStream.nullOutputStream()),
                new Outcome(),
                false,
                false,
                true,
                NameConversion.NONE);
        TransferOptions options = TransferOptions.DEFAULT.edit(draft -> draft.addDebug(words));
        return new DebugVoice(new Notices(voice, role, PathLabel.NONE), options.reporting());
    }

    /** What was told until now. */
    List<String> take() {
        List<String> lines = recorder.notices.stream()
                .map(line -> line.replaceFirst("^INFO ", ""))
                .toList();
        recorder.notices.clear();
        return lines;
    }
}
