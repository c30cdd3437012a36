package io.sluice.protocol.transfer;

import io.sluice.protocol.delta.BlockSums;
import io.sluice.protocol.delta.Matcher;
import io.sluice.protocol.delta.SearchWitness;
import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.options.DebugItem;
import java.util.function.IntFunction;

/** What a sender tells of its work, in rsync's words: {@code --debug=SEND} and its part of {@code --debug=DELTASUM}. */
final class SenderTrace implements SearchWitness {
    private static final int STEPS = 2;
    private static final int BLOCKS = 3;

    private final DebugVoice voice;
    private final IntFunction<byte[]> directories;
    private final boolean sends;
    private final int sums;

    /** @param directories knows the directory that entries of a source are relative to, as the operator named it */
    SenderTrace(DebugVoice voice, IntFunction<byte[]> directories) {
        this.voice = voice;
        this.directories = directories;
        this.sends = voice.level(DebugItem.SEND) > 0;
        this.sums = voice.level(DebugItem.DELTASUM);
    }

    /** A server has the arguments. */
    void serving() {
        if (sends) {
            voice.tell("server_sender starting pid=" + voice.process());
        }
    }

    void starting() {
        tell("send_files starting");
    }

    void phase(int number) {
        if (sends) {
            voice.tell("send_files phase=" + number);
        }
    }

    void requested(int index, FileEntry entry) {
        if (sends) {
            voice.tell(Text.of("send_files(" + index + ", ").add(place(entry)).add(")"));
        }
    }

    void received(BlockSums basis) {
        if (sums < BLOCKS) {
            return;
        }
        SumHead head = basis.head();
        voice.tell("count=" + head.count() + " n=" + head.blockLength() + " rem=" + head.remainder());
        for (int block = 0; block < basis.arrived(); block++) {
            voice.tell("chunk[" + block + "] len=" + head.lengthOf(block) + " offset=" + head.offsetOf(block) + " sum1="
                    + hex(basis.weak(block)));
        }
    }

    void opened(FileEntry entry, long size) {
        if (sums >= STEPS) {
            voice.tell(Text.of("send_files mapped ").add(place(entry)).add(" of size " + size));
        }
    }

    void comparing(FileEntry entry) {
        if (sums >= STEPS) {
            voice.tell(Text.of("calling match_sums ").add(place(entry)));
        }
    }

    @Override
    public boolean hears() {
        return sums >= STEPS;
    }

    @Override
    public void began(SumHead head, long length, int sum) {
        voice.tell("built hash table");
        voice.tell("hash search b=" + head.blockLength() + " len=" + length);
        if (sums >= BLOCKS) {
            voice.tell("sum=" + hex(sum) + " k=" + Math.min(length, head.blockLength()));
            voice.tell("hash search s->blength=" + head.blockLength() + " len=" + length + " count=" + head.count());
        }
    }

    @Override
    public void candidate(long offset, int block, int sum) {
        if (sums >= BLOCKS) {
            voice.tell("potential match at " + offset + " i=" + block + " sum=" + hex(sum));
        }
    }

    @Override
    public void matched(long offset, long sent, int block, int length) {
        if (sums >= STEPS) {
            voice.tell("match at " + offset + " last_match=" + sent + " j=" + block + " len=" + length + " n="
                    + (offset - sent));
        }
    }

    @Override
    public void searched() {
        if (sums >= STEPS) {
            voice.tell("done hash search");
        }
    }

    @Override
    public void ended(long falseAlarms, long hashHits, long matches) {
        if (sums >= STEPS) {
            voice.tell("sending file_sum");
            voice.tell("false_alarms=" + falseAlarms + " hash_hits=" + hashHits + " matches=" + matches);
        }
    }

    void sent(FileEntry entry) {
        if (sends) {
            voice.tell(Text.of("sender finished ").add(place(entry)));
        }
    }

    void finished(Matcher matcher) {
        tell("send files finished");
        if (sums > 0) {
            voice.tell("total: matches=" + matcher.matches() + "  hash_hits=" + matcher.hashHits() + "  false_alarms="
                    + matcher.falseAlarms() + " data=" + matcher.literalBytes());
        }
    }

    private void tell(String words) {
        if (sends) {
            voice.tell(words);
        }
    }

    private byte[] place(FileEntry entry) {
        byte[] directory = directories.apply(entry.source());
        return directory.length == 0 ? entry.path() : Paths.join(directory, entry.path());
    }

    private static String hex(int sum) {
        return String.format("%08x", sum);
    }
}
