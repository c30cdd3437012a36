package io.sluice.protocol.transfer;

import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.Notice.Severity;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.Arrays;

/** What one role says to people: to this end's listener and, from a server, also to the client as messages. Any thread may speak. */
final class Notices {
    private final Voice voice;
    private final String role;
    private final PathLabel label;

    /**
     * What all roles of a side share.
     *
     * @param server the client is told too
     * @param quiet information does not travel
     * @param allTexts errors and warnings have messages of their own
     * @param names how what is posted travels
     */
    record Voice(
            TransferListener listener,
            WireOutput out,
            Outcome outcome,
            boolean server,
            boolean quiet,
            boolean allTexts,
            NameConversion names) {}

    /** @param role rsync's word in brackets, such as {@code sender} */
    Notices(Voice voice, String role, PathLabel label) {
        this.voice = voice;
        this.role = role;
        this.label = label;
    }

    Notices as(String otherRole) {
        return new Notices(voice, otherRole, label);
    }

    Notices at(PathLabel otherLabel) {
        return new Notices(voice, role, otherLabel);
    }

    PathLabel label() {
        return label;
    }

    /** rsync's word for who speaks. */
    String role() {
        return role;
    }

    void info(Text text) {
        if (voice.server() && !voice.quiet()) {
            post(MessageTag.INFO, text);
        }
        tell(Severity.INFO, text);
    }

    /** As {@link #info}, but nobody logs it. */
    void show(Text text) {
        if (voice.server() && !voice.quiet()) {
            post(MessageTag.INFO, text);
        }
        tell(Severity.CLIENT, text);
    }

    void warning(Text text) {
        if (voice.server()) {
            post(voice.allTexts() ? MessageTag.WARNING : MessageTag.INFO, text);
        }
        tell(Severity.WARNING, text);
    }

    void error(Text text) {
        if (voice.server()) {
            post(voice.allTexts() ? MessageTag.ERROR : MessageTag.ERROR_XFER, text);
        }
        tell(Severity.ERROR, text);
    }

    /** An error about a name that came from the peer and goes back as it is: the exit code becomes 23, at the peer's end too. */
    void errorOfWire(Text text) {
        voice.outcome().failedFile();
        if (voice.server()) {
            voice.out()
                    .post(MessageTag.ERROR_XFER, new Text().add(text).add("\n").toBytes());
        }
        tell(Severity.ERROR, text);
    }

    /** An error that leaves a file or an attribute not transferred: the exit code becomes 23. */
    void fileError(Text text) {
        voice.outcome().failedFile();
        if (voice.server()) {
            post(MessageTag.ERROR_XFER, text);
        }
        tell(Severity.ERROR_XFER, text);
    }

    /** A system call failed for one file: {@code rsync: [role] <what>: <reason> (<errno>)}. */
    void fileFailure(Text what, IOException failure) {
        fileError(failure(what, failure));
    }

    /** A system call failed, which in itself leaves nothing undone. */
    void failureInPassing(Text what, IOException failure) {
        error(failure(what, failure));
    }

    /** The words of {@link #fileFailure}, for an exception. */
    Text failure(Text what, IOException failure) {
        return Text.of("rsync: [" + role + "] ").add(what).reason(failure);
    }

    /** {@code <verb> "<path>" failed}. */
    Text failed(String verb, byte[] path) {
        return Text.of(verb + " ").add(label.quote(path)).add(" failed");
    }

    Text quote(byte[] path) {
        return label.quote(path);
    }

    private void post(MessageTag tag, Text text) {
        voice.out().post(tag, voice.names().told(text.add("\n").toBytes()));
    }

    private void tell(Severity severity, Text text) {
        byte[] bytes = text.toBytes();
        int end = bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? bytes.length - 1 : bytes.length;
        voice.listener().notice(new Notice(severity, false, Arrays.copyOf(bytes, end)));
    }
}
