package io.sluice.watcher.doctor;

import io.sluice.client.Version;
import io.sluice.linux.Identity;
import io.sluice.linux.InotifyLimits;
import io.sluice.linux.Users;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.IOException;
import java.util.List;

/** Looks at this host: versions, what the kernel allows, and what the caller may do. */
public final class HostCheck {
    private static final String SUBJECT = "this host";
    private static final int FEW_EVENTS = 16_384;
    private static final int MANY_EVENTS = 1 << 20;
    private static final int ROUND = 1024;

    private final InotifyLimits limits;
    private final Capabilities capabilities;
    private final int user;

    HostCheck(InotifyLimits limits, Capabilities capabilities, int user) {
        this.limits = limits;
        this.capabilities = capabilities;
        this.user = user;
    }

    /** As it is. */
    public static HostCheck ofThisHost() throws IOException {
        return new HostCheck(InotifyLimits.read(), Capabilities.ofThisProcess(), Identity.effectiveUser());
    }

    /**
     * Looks.
     *
     * @param directories of all sources together
     * @param sources how many there are
     */
    public List<Diagnosis> run(long directories, int sources) {
        Diagnoses found = new Diagnoses(SUBJECT);
        found.good(
                "versions",
                "Sluice " + Version.TEXT + " (protocol " + ProtocolVersion.NEWEST.number() + "), Java "
                        + System.getProperty("java.version") + ", Linux " + System.getProperty("os.version"));
        privileges(found);
        watches(found, directories);
        instances(found, sources);
        queue(found);
        return found.list();
    }

    private void privileges(Diagnoses found) {
        String who = "user " + Users.userName(user).orElse(Integer.toUnsignedString(user));
        if (capabilities.administers()) {
            found.good("privileges", who + " with CAP_SYS_ADMIN: fanotify is possible, a mark for a whole file system");
        } else {
            found.note(
                    "privileges",
                    who + " without CAP_SYS_ADMIN: inotify, with a watch for each directory",
                    "for fanotify (quicker to begin, no limit of watches), run as root or give the service"
                            + " AmbientCapabilities=CAP_SYS_ADMIN; look also whether the mirror runs as another user than you");
        }
    }

    private void watches(Diagnoses found, long directories) {
        String text =
                directories + " directories in all sources; fs.inotify.max_user_watches is " + limits.maxWatches();
        if (directories <= limits.maxWatches()) {
            found.good("watches", text);
            return;
        }
        long needed = directories * 9 / 8 / ROUND * ROUND + ROUND;
        String advice = "sysctl -w fs.inotify.max_user_watches=" + needed
                + ", and the same line in /etc/sysctl.d/60-sluice.conf to keep it";
        if (capabilities.administers()) {
            found.note("watches", text + ", which counts only where fanotify does not work", advice);
        } else {
            found.warning("watches", text + ": the others are looked at regularly, which is slow", advice);
        }
    }

    /** Each source has one; so do other programs of the same user. */
    private void instances(Diagnoses found, int sources) {
        String text = sources + " inotify instances at most; fs.inotify.max_user_instances is " + limits.maxInstances();
        if (sources < limits.maxInstances()) {
            found.good("instances", text);
        } else {
            found.bad(
                    "instances",
                    text,
                    "sysctl -w fs.inotify.max_user_instances=" + (sources + limits.maxInstances())
                            + ", and the same line in /etc/sysctl.d/60-sluice.conf to keep it");
        }
    }

    private void queue(Diagnoses found) {
        String text = "fs.inotify.max_queued_events is " + limits.maxQueuedEvents();
        if (limits.maxQueuedEvents() >= FEW_EVENTS) {
            found.good("queue", text);
        } else {
            found.warning(
                    "queue",
                    text + ": a burst of more changes is not lost, but costs a look at the whole source",
                    "sysctl -w fs.inotify.max_queued_events=" + MANY_EVENTS
                            + ", and the same line in /etc/sysctl.d/60-sluice.conf to keep it");
        }
    }
}
