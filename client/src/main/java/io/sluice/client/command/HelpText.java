package io.sluice.client.command;

import io.sluice.client.Version;
import io.sluice.protocol.delta.Tokens;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.DigestType;
import io.sluice.protocol.session.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;

/** What {@code --help}, {@code --version} and {@code --info=help} say. */
public final class HelpText {
    private static final String USAGE = """
            sluice rsync copies files, here and to and from rsync daemons and hosts behind a
            remote shell, by the rsync protocol. It takes rsync's command line.

            Usage: sluice rsync [OPTION]... SRC [SRC]... DEST
              or   sluice rsync [OPTION]... SRC [SRC]... [USER@]HOST:DEST
              or   sluice rsync [OPTION]... SRC [SRC]... [USER@]HOST::DEST
              or   sluice rsync [OPTION]... SRC [SRC]... rsync://[USER@]HOST[:PORT]/DEST
              or   sluice rsync [OPTION]... [USER@]HOST:SRC [DEST]
              or   sluice rsync [OPTION]... [USER@]HOST::SRC [DEST]
              or   sluice rsync [OPTION]... rsync://[USER@]HOST[:PORT]/SRC [DEST]
            Without DEST, files are listed; HOST:: alone lists a daemon's modules.

            What is copied
             -a, --archive            same as -rlptgoD
             -r, --recursive          directories with their content
             -d, --dirs               directories without their content (--old-dirs)
             -R, --relative           use full path names (--no-implied-dirs)
             -x, --one-file-system    do not cross file system boundaries
             -m, --prune-empty-dirs   leave out directories that would stay empty
                 --files-from=FILE    read names of sources from FILE (-0, --from0)
                 --ignore-missing-args, --delete-missing-args
                 --max-size=SIZE, --min-size=SIZE
                 --exclude=PATTERN, --include=PATTERN, --exclude-from=FILE,
                 --include-from=FILE, -f, --filter=RULE, -F
            What is preserved
             -l --links  -p --perms  -t --times  -o --owner  -g --group  -D --devices --specials
             -E --executability  -O --omit-dir-times  -J --omit-link-times
                 --numeric-ids  --chmod=CHMOD
            What is out of date
             -u --update  -c --checksum  -I --ignore-times  --size-only  --existing
                 --ignore-existing  -@ --modify-window=NUM  -n --dry-run
            How content is put in place
             -W --whole-file  --inplace  -S --sparse  --partial  -P  --delay-updates
             -B --block-size=SIZE  --fsync
            What is deleted at the destination
                 --delete  --delete-before  --del --delete-during  --delete-delay  --delete-after
                 --delete-excluded  --force  --ignore-errors  --max-delete=NUM
            On the wire
             -z --compress  --zc --compress-choice=NAME  --zl --compress-level=NUM
                 --cc --checksum-choice=NAME[,NAME]  --checksum-seed=NUM  --protocol=NUM
                 --bwlimit=RATE  --timeout=SECONDS  --contimeout=SECONDS
                 --port=PORT  --address=ADDRESS  -4  -6  -s --secluded-args
             -e --rsh=COMMAND  --rsync-path=PROGRAM  --password-file=FILE  --no-motd
            What is told
             -v --verbose  -q --quiet  -i --itemize-changes  --stats  --progress  -h  -8
                 --info=FLAGS  --out-format=FORMAT  --list-only  --stderr=e|a|c
                 --log-file=FILE  --log-file-format=FORMAT  --outbuf=N|L|B
             -V --version  --help

            --no-OPTION turns an option off. Every other option of rsync is refused by name.
            """;

    private HelpText() {}

    /** The text of {@code --help}. */
    public static String usage() {
        return USAGE;
    }

    /** The text of {@code --version}. */
    public static String version() {
        List<String> compressions = new ArrayList<>();
        for (CompressionType type : CompressionType.values()) {
            if (type == CompressionType.NONE || Tokens.available(type)) {
                compressions.add(type.wireName());
            }
        }
        List<String> checksums = new ArrayList<>();
        for (ChecksumType type : ChecksumType.named()) {
            checksums.add(type.wireName());
        }
        List<String> digests = new ArrayList<>();
        for (DigestType type : DigestType.named()) {
            digests.add(type.wireName());
        }
        return "sluice rsync  version " + Version.TEXT + "  protocol version " + ProtocolVersion.NEWEST.number() + "\n"
                + "Speaks rsync's protocol " + ProtocolVersion.OLDEST.number() + " to "
                + ProtocolVersion.NEWEST.number() + "; shares no code with rsync.\n"
                + "Checksum list:\n    " + String.join(" ", checksums) + "\n"
                + "Compress list:\n    " + String.join(" ", compressions) + "\n"
                + "Daemon auth list:\n    " + String.join(" ", digests) + "\n"
                + "Licence: Apache-2.0. There is no warranty.\n";
    }

    /** The text of {@code --info=help}. */
    public static String info() {
        StringBuilder text =
                new StringBuilder("Use OPT or OPT1 for level 1 output, OPT2 for level 2, etc.; OPT0 silences.\n\n");
        for (InfoItem item : InfoItem.values()) {
            text.append(item).append('\n');
        }
        return text.append("\nALL sets them all (e.g. all2), NONE silences them all.\n")
                .toString();
    }
}
