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

    /** The one that is asked for by {@code number}, or null. */
    public @Nullable ExtendedAttribute find(int number) {
        for (ExtendedAttribute attribute : attributes) {
            if (attribute.number() == number) {
                return attribute;
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
