package io.sluice.protocol.transfer;

import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.PlacementOptions.Choice;

/**
 * What a generator tells of its work, in rsync's words: {@code --debug=GENR}, {@code FUZZY} and {@code TIME2}, and its part of {@code FLIST} and
 * {@code DELTASUM}.
 */
final class GeneratorTrace {
    private static final int STEPS = 2;
    private static final int BLOCKS = 3;
    private static final int SCORES = 2;
    private static final int SCORE_BITS = 16;
    private static final int DIRECTORIES = 2;

    private final DebugVoice voice;
    private final Target target;
    private final boolean generates;
    private final boolean delta;
    private final boolean whole;
    private final int sums;
    private final int similar;
    private final boolean times;

    GeneratorTrace(Site site) {
        this.voice = DebugVoice.of(site);
        this.target = site.target();
        this.generates = voice.level(DebugItem.GENR) > 0;
        this.delta = voice.level(DebugItem.FLIST) > 0;
        this.whole = site.options().placement().wholeFile() == Choice.YES;
        this.sums = voice.level(DebugItem.DELTASUM);
        this.similar = voice.level(DebugItem.FUZZY);
        this.times = voice.level(DebugItem.TIME) >= DIRECTORIES;
    }

    void starting() {
        if (generates) {
            voice.tell("generator starting pid=" + voice.process());
        }
    }

    /** Whether files are compared block by block. */
    void manner() {
        if (delta) {
            voice.tell("delta-transmission " + (whole ? "disabled for local transfer or --whole-file" : "enabled"));
        }
    }

    void entry(FileEntry entry, int index) {
        if (generates) {
            voice.tell(Text.of("recv_generator(").add(target.path(entry)).add("," + index + ")"));
        }
    }

    void phase(int number) {
        if (generates) {
            voice.tell("generate_files phase=" + number);
        }
    }

    void finished() {
        if (generates) {
            voice.tell("generate_files finished");
        }
    }

    void makingNode(byte[] path, FileEntry entry) {
        if (generates) {
            voice.tell(Text.of("mknod(")
                    .add(path)
                    .add(", 0" + Integer.toOctalString(entry.mode()) + ", [" + entry.deviceMajor() + ","
                            + entry.deviceMinor() + "])"));
        }
    }

    void summing(int index, byte[] basis, long size) {
        if (sums >= BLOCKS) {
            voice.tell(Text.of("gen mapped ").add(basis).add(" of size " + size));
        }
        if (sums >= STEPS) {
            voice.tell("generating and sending sums for " + index);
        }
    }

    void head(SumHead head) {
        if (sums >= STEPS && head.count() > 0) {
            voice.tell("count=" + head.count() + " rem=" + head.remainder() + " blength=" + head.blockLength()
                    + " s2length=" + head.strongLength() + " flength=" + head.fileLength());
        }
    }

    void block(SumHead head, int number, int sum) {
        if (sums >= BLOCKS) {
            voice.tell("chunk[" + number + "] offset=" + head.offsetOf(number) + " len=" + head.lengthOf(number)
                    + String.format(" sum1=%08x", sum));
        }
    }

    /** A file of another name serves as basis. */
    void similar(byte[] path, byte[] basis) {
        if (similar > 0) {
            voice.tell(Text.of("fuzzy basis selected for ").add(path).add(": ").add(basis));
        }
    }

    /** A file of another name has size and time of what is wanted. */
    void sameTime(byte[] path) {
        if (similar >= SCORES) {
            voice.tell(Text.of("fuzzy size/modtime match for ").add(path));
        }
    }

    /** How far a name is from what is wanted: whole letters above sixteen bits of fractions. */
    void distance(byte[] path, long distance) {
        if (similar >= SCORES) {
            long fraction = distance & ((1L << SCORE_BITS) - 1);
            voice.tell(Text.of("fuzzy distance for ")
                    .add(path)
                    .add(String.format(" = %d.%05d", distance >> SCORE_BITS, fraction)));
        }
    }

    /** A directory gets its attributes once more, as its content is complete. */
    void retouching(FileEntry directory, int number) {
        if (times) {
            voice.tell(Text.of("touch_up_dirs: ").add(directory.path()).add(" (" + number + ")"));
        }
    }
}
