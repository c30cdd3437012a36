package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * What a thread may reach in the file system, by the kernel's Landlock: nothing but what was allowed. It holds for the thread, and for every thread
 * and process that it starts, for good; all other threads stay what they are. It stops opening, making, removing, renaming and linking; it does not
 * stop changes to the attributes (owner, mode, times) of what can be named, and files that are open already stay open.
 */
public final class Landlock implements AutoCloseable {
    /** The first version in which a file may be renamed into another directory. */
    public static final int USABLE = 2;

    private static final int VERSION = 1;
    private static final int PATH_BENEATH = 1;
    private static final int SET_NO_NEW_PRIVILEGES = 38;

    private static final long READ = 1 | 1 << 2 | 1 << 3; // execute, read a file, list a directory
    private static final long REFER = 1 << 13;
    private static final long OF_FIRST_VERSION = REFER - 1;
    private static final long TRUNCATE = 1 << 14;
    private static final int VERSION_OF_TRUNCATE = 3;

    private final Descriptor rules;
    private final long handled;

    private Landlock(int fd, long handled) {
        this.rules = new Descriptor(fd, "landlock rules");
        this.handled = handled;
    }

    /** The version of the kernel's Landlock; 0: there is none, or it is turned off. */
    public static int version() {
        return (int) Math.max(0, Caller.current().call(CallNumber.LANDLOCK_CREATE_RULESET, 0, 0, VERSION));
    }

    /**
     * Begins rules that allow nothing yet.
     *
     * @throws SystemCallException with EOPNOTSUPP or ENOSYS if there is no Landlock
     */
    public static Landlock create() throws IOException {
        long handled = OF_FIRST_VERSION | REFER | (version() >= VERSION_OF_TRUNCATE ? TRUNCATE : 0);
        Caller caller = Caller.current();
        caller.structure().set(JAVA_LONG, 0, handled);
        long fd = caller.call(CallNumber.LANDLOCK_CREATE_RULESET, caller.structureAddress(), Long.BYTES, 0);
        return new Landlock((int) check(fd, "landlock_create_ruleset", "rules"), handled);
    }

    /** Allows to read and run all beneath a directory. */
    public void allowReading(DirectoryHandle directory) throws IOException {
        allow(directory, READ);
    }

    /** Allows everything beneath a directory. */
    public void allowAll(DirectoryHandle directory) throws IOException {
        allow(directory, handled);
    }

    private void allow(DirectoryHandle directory, long access) throws IOException {
        Caller caller = Caller.current();
        MemorySegment rule = caller.structure();
        rule.set(JAVA_LONG, 0, access);
        rule.set(JAVA_INT, Long.BYTES, directory.fd());
        long result =
                caller.call(CallNumber.LANDLOCK_ADD_RULE, rules.number(), PATH_BENEATH, caller.structureAddress(), 0);
        check(result, "landlock_add_rule", "directory");
    }

    /**
     * Confines the calling thread, for good. It also loses the right to gain privileges by the programs it starts.
     *
     * @throws IllegalStateException on a virtual thread, whose carrier serves others
     */
    public void confineThread() throws IOException {
        Identity.requirePlatformThread();
        Caller caller = Caller.current();
        check(caller.call(CallNumber.PRCTL, SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl", "no new privileges");
        check(caller.call(CallNumber.LANDLOCK_RESTRICT_SELF, rules.number(), 0), "landlock_restrict_self", "thread");
    }

    /** Forgets the rules; threads that they were used for stay confined. */
    @Override
    public void close() throws IOException {
        rules.close();
    }
}
