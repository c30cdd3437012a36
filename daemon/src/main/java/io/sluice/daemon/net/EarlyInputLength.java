package io.sluice.daemon.net;

import io.sluice.daemon.module.RefusedException;

/** The number behind {@code #early_input=}: how many bytes for {@code early exec} follow the line. */
final class EarlyInputLength {
    private EarlyInputLength() {}

    static int parse(String number) throws RefusedException {
        try {
            int length = Integer.parseInt(number);
            if (length > 0 && length <= Conversation.MAX_ITEM) {
                return length;
            }
        } catch (NumberFormatException e) {
            // as one that is out of range
        }
        throw new RefusedException("invalid early_input length", "");
    }
}
