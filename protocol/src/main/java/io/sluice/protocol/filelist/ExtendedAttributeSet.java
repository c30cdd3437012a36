package io.sluice.protocol.filelist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All extended attributes of a file that a transfer is about, in the order of their names' bytes. Files that have the same share one set. */
public final class ExtendedAttributeSet {
    /** No attributes. */
    public static final ExtendedAttributeSet EMPTY = new ExtendedAttributeSet(List.of());

    private static final Comparator<ExtendedAttribute> BY_NAME =
            (a, b) -> Arrays.compareUnsigned(a.nameBytes(), b.nameBytes());

    private final List<ExtendedAttribute> attributes;
    /** Made when the first is asked for. */
    private List<ExtendedAttribute> byNumber = List.of();

    private ExtendedAttributeSet(List<ExtendedAttribute> attributes) {
        this.attributes = attributes;
    }

    /** Sorts what came from a list. */
    static ExtendedAttributeSet of(List<ExtendedAttribute> attributes) {
        if (attributes.isEmpty()) {
            return new ExtendedAttributeSet(List.of());
        }
        List<ExtendedAttribute> sorted = new ArrayList<>(attributes);
        sorted.sort(BY_NAME);
        return new ExtendedAttributeSet(List.copyOf(sorted));
    }

    /** In order. */
    public List<ExtendedAttribute> attributes() {
        return attributes;
    }

    /** The one that is asked for by {@code number}, or null. A peer may ask for each of tens of thousands. */
    public @Nullable ExtendedAttribute find(int number) {
        if (byNumber.isEmpty()) {
            List<ExtendedAttribute> copy = new ArrayList<>(attributes);
            copy.sort(Comparator.comparingInt(ExtendedAttribute::number));
            byNumber = List.copyOf(copy); // which another thread may see at any moment
        }
        List<ExtendedAttribute> sorted = byNumber;
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            ExtendedAttribute attribute = sorted.get(middle);
            if (attribute.number() == number) {
                return attribute;
            }
            if (attribute.number() < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** Whether there is an attribute of that name. */
    public boolean contains(byte[] name) {
        for (ExtendedAttribute attribute : attributes) {
            if (Arrays.equals(attribute.nameBytes(), name)) {
                return true;
            }
        }
        return false;
    }

    /** Those whose value differs from that in {@code present}, or is not there. */
    public List<ExtendedAttribute> missingIn(ExtendedAttributeSet present) {
        List<ExtendedAttribute> missing = new ArrayList<>();
        int at = 0;
        for (ExtendedAttribute wanted : attributes) {
            while (at < present.attributes.size() && BY_NAME.compare(present.attributes.get(at), wanted) < 0) {
                at++;
            }
            boolean same =
                    at < present.attributes.size() && present.attributes.get(at).sameAs(wanted);
            if (!same) {
                missing.add(wanted);
            }
        }
        return missing;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ExtendedAttributeSet that) || attributes.size() != that.attributes.size()) {
            return false;
        }
        for (int i = 0; i < attributes.size(); i++) {
            if (!attributes.get(i).sameAs(that.attributes.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (ExtendedAttribute attribute : attributes) {
            hash = 31 * hash + attribute.hash();
        }
        return hash;
    }
}
