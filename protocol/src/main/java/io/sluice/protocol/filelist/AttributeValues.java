package io.sluice.protocol.filelist;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The long values of extended attributes that travel with an item whose flags report them: asked for by the generator, sent with the item by the sender.
 * All numbers are varints.
 *
 * <pre>
 *  request   {difference to the number before} …  0
 *  answer    {difference to the number before  length  value} …  0
 * </pre>
 */
public final class AttributeValues {
    /** No file system has longer values; rsync's limit. */
    private static final int MAX_LENGTH = 128 << 20;

    private AttributeValues() {}

    /**
     * Returns true if a request and an answer go with an item.
     *
     * @param optimized the session leaves them out with what is made of another file here
     */
    public static boolean travel(int flags, boolean optimized) {
        int madeHere = ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE;
        return (flags & ItemFlags.REPORT_XATTR) != 0 && !(optimized && (flags & madeHere) == madeHere);
    }

    static int readLength(WireInput in) throws IOException {
        int length = in.readVarInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new ProtocolException("xattr datum_len exceeds per-value limit: " + Integer.toUnsignedString(length)
                    + " (expected: <= " + MAX_LENGTH + ")");
        }
        return length;
    }

    /** Generator: asks for those of {@code wanted} that are long and were not asked for. */
    public static void ask(WireOutput out, List<ExtendedAttribute> wanted) throws IOException {
        int last = 0;
        for (ExtendedAttribute attribute : wanted) {
            if (attribute.isLong() && !attribute.isSettled()) {
                attribute.settle();
                out.writeVarInt(attribute.number() - last);
                last = attribute.number();
            }
        }
        out.writeVarInt(0);
    }

    /** Sender: reads which values of {@code set} are wanted. */
    public static List<ExtendedAttribute> readRequest(WireInput in, ExtendedAttributeSet set) throws IOException {
        List<ExtendedAttribute> wanted = new ArrayList<>();
        for (ExtendedAttribute next = readNumber(in, set, 0); next != null; ) {
            if (wanted.size() == set.attributes().size()) {
                throw new ProtocolException(
                        "requests for xattrs: more than " + wanted.size() + " (expected: one each)");
            }
            wanted.add(next);
            next = readNumber(in, set, next.number());
        }
        return wanted;
    }

    private static @Nullable ExtendedAttribute readNumber(WireInput in, ExtendedAttributeSet set, int last)
            throws IOException {
        int difference = in.readVarInt();
        if (difference == 0) {
            return null;
        }
        ExtendedAttribute found = set.find(last + difference);
        if (found == null || !found.isLong()) {
            throw new ProtocolException("xattr #" + (last + difference)
                    + ": unknown (expected: one whose value did not come with the list)");
        }
        return found;
    }

    /**
     * Sender: sends values as they are now.
     *
     * @return those that could not be read, which travel as nothing
     */
    public static List<ExtendedAttribute> send(
            WireOutput out, List<ExtendedAttribute> wanted, FileTree tree, byte[] path) throws IOException {
        List<ExtendedAttribute> failed = new ArrayList<>();
        int last = 0;
        for (ExtendedAttribute attribute : wanted) {
            out.writeVarInt(attribute.number() - last);
            last = attribute.number();
            Optional<byte[]> value = read(tree, path, attribute);
            if (value.isEmpty()) {
                failed.add(attribute);
            }
            byte[] sent = value.orElse(Columns.NO_BYTES);
            out.writeVarInt(sent.length);
            out.write(sent);
        }
        out.writeVarInt(0);
        return failed;
    }

    private static Optional<byte[]> read(FileTree tree, byte[] path, ExtendedAttribute attribute) {
        try {
            return tree.metadata().withAttributes(path, file -> file.get(attribute.nameBytes()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Receiver: takes the values that came.
     *
     * @param memory of all values
     */
    public static void receive(WireInput in, ExtendedAttributeSet set, AttributeMemory memory) throws IOException {
        int values = 0;
        for (ExtendedAttribute next = readNumber(in, set, 0); next != null; ) {
            if (values++ == set.attributes().size()) {
                throw new ProtocolException("values of xattrs: more than " + values + " (expected: one each)");
            }
            byte[] value = new byte[memory.take(readLength(in))];
            in.readFully(value, 0, value.length);
            next.setValue(value);
            next = readNumber(in, set, next.number());
        }
    }
}
