package io.sluice.client.command;

/** What options set: a number (0 or 1 for a switch) or a text. Each has the value that counts when no option sets it. */
enum Setting {
    ADDRESS,
    CHECKSUM(0),
    CHECKSUM_CHOICE,
    CHECKSUM_SEED(Integer.MIN_VALUE),
    COMPRESS(0),
    COMPRESS_CHOICE,
    COMPRESS_LEVEL(Integer.MIN_VALUE),
    CONNECT_TIMEOUT(0),
    DELAY_UPDATES(0),
    DELETE(0),
    DELETE_AFTER(0),
    DELETE_BEFORE(0),
    DELETE_DURING(0),
    DELETE_EXCLUDED(0),
    DEVICES(0),
    DIRECTORIES(-1),
    DRY_RUN(0),
    EIGHT_BIT(0),
    EXECUTABILITY(0),
    EXISTING(0),
    FAMILY(0),
    FILES_FROM,
    FORCE(0),
    FROM0(0),
    FSYNC(0),
    GROUP(0),
    HELP(0),
    HUMAN(1),
    IGNORE_ERRORS(0),
    IGNORE_EXISTING(0),
    IGNORE_TIMES(0),
    IMPLIED_DIRS(1),
    INC_RECURSIVE(1),
    INPLACE(0),
    ITEMIZE(0),
    LINKS(0),
    LIST_ONLY(0),
    LOG_FILE,
    LOG_FILE_FORMAT,
    MAX_DELETE(Integer.MIN_VALUE),
    MISSING_ARGS(0),
    MODIFY_WINDOW(0),
    MOTD(1),
    NUMERIC_IDS(0),
    OMIT_DIR_TIMES(0),
    OMIT_LINK_TIMES(0),
    ONE_FILE_SYSTEM(0),
    OUT_FORMAT,
    OUTBUF,
    OWNER(0),
    PARTIAL(0),
    PASSWORD_FILE,
    PERMISSIONS(0),
    PORT(0),
    PROGRESS(0),
    PROTOCOL(32),
    PRUNE(0),
    QUIET(0),
    RECURSE(0),
    RELATIVE(-1),
    RSH,
    RSYNC_PATH,
    SECLUDED(-1),
    SIZE_ONLY(0),
    SPARSE(0),
    SPECIALS(0),
    STATS(0),
    STDERR_ALL(0),
    TIMEOUT(0),
    TIMES(0),
    UPDATE(0),
    VERBOSE(0),
    VERSION(0),
    WHOLE_FILE(-1),
    /** Set by what has no effect here, such as switching off what is not there. */
    NOTHING(0);

    private final int initial;

    /** A text, absent at first. */
    Setting() {
        this(0);
    }

    Setting(int initial) {
        this.initial = initial;
    }

    int initial() {
        return initial;
    }
}
