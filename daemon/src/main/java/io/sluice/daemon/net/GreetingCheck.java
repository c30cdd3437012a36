package io.sluice.daemon.net;

import io.sluice.daemon.module.RefusedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a client in rsync's words what is wrong with its greeting, before it is parsed. */
final class GreetingCheck {
    private static final Pattern FORM = Pattern.compile("@RSYNCD: *(\\d{1,9})(\\.\\d+)?(.*)", Pattern.DOTALL);
    private static final int SUBPROTOCOL_SINCE = 30;
    private static final int DIGESTS_SINCE = 32;

    private GreetingCheck() {}

    static void check(String line) throws RefusedException {
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            throw new RefusedException("protocol startup error", "");
        }
        int version = Integer.parseInt(form.group(1));
        if (form.group(2) == null && version >= SUBPROTOCOL_SINCE) {
            throw new RefusedException("your client omitted the subprotocol value: " + line, "");
        }
        if (version >= DIGESTS_SINCE && form.group(3).indexOf(' ') < 0) {
            throw new RefusedException("your client omitted the digest name list: " + line, "");
        }
    }
}
