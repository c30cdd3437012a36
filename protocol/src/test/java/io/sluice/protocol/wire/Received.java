package io.sluice.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps the messages that a test's input delivered, as {@code TAG:hex} or, for texts, {@code TAG:text}. */
final class Received implements MessageHandler {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @Override
    public void message(MessageTag tag, byte[] payload) {
        String shown = tag.isText()
                ? new String(payload, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(payload);
        messages.add(tag + ":" + shown);
    }
}
