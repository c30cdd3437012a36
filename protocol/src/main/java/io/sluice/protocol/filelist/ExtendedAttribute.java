package io.sluice.protocol.filelist;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One extended attribute as it stands in a file list: a value of at most {@value #MAX_SHORT} bytes travels with the list; a longer one is represented by
 * its MD5 sum, and travels when the receiving end asks for it.
 */
public final class ExtendedAttribute {
    /** The longest value that travels with the list, bytes. */
    static final int MAX_SHORT = 32;
    /** Bytes of a sum. */
    static final int SUM_LENGTH = 16;

    private final byte[] name;
    private final byte[] data;
    private final int length;
    private final int number;
    private volatile byte @Nullable [] value;
    private volatile boolean settled;

    /**
     * As it came from a list, or goes there.
     *
     * @param name with its namespace
     * @param data the value, or the sum of a long one
     * @param length the value's length
     * @param number what it is asked for by: its place in the sender's list, from 1
     */
    ExtendedAttribute(byte[] name, byte[] data, int length, int number) {
        this.name = name;
        this.data = data;
        this.length = length;
        this.number = number;
        this.value = length <= MAX_SHORT ? data : null;
    }

    /** One of a file that is here. */
    static ExtendedAttribute of(byte[] name, byte[] value, int number) {
        return new ExtendedAttribute(name, value.length > MAX_SHORT ? sum(value) : value, value.length, number);
    }

    private static byte[] sum(byte[] value) {
        try {
            return MessageDigest.getInstance("MD5").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5: not in this JDK (expected: in every one)", e);
        }
    }

    /** The name with its namespace. */
    public byte[] name() {
        return name.clone();
    }

    byte[] nameBytes() {
        return name;
    }

    byte[] data() {
        return data;
    }

    /** Bytes of the value. */
    public int length() {
        return length;
    }

    /** What it is asked for by. */
    public int number() {
        return number;
    }

    /** Whether the value does not travel with the list. */
    public boolean isLong() {
        return length > MAX_SHORT;
    }

    /** The value, once it is known; null before. */
    public byte @Nullable [] value() {
        byte[] known = value;
        return known == null ? null : known.clone();
    }

    /** Takes the value that came, or that was found here. The sender may have found another one than the list says. */
    public void setValue(byte[] found) {
        value = found;
    }

    /** Returns true if this long value is {@code found}. */
    public boolean hasValue(byte[] found) {
        return found.length == length && Arrays.equals(data, isLong() ? sum(found) : found);
    }

    /** Whether the value was asked for, or will be found here; for the generator alone. */
    public boolean isSettled() {
        return settled;
    }

    /** See {@link #isSettled}. */
    public void settle() {
        settled = true;
    }

    /** Returns true if name and value, as far as the list tells, are the same. */
    boolean sameAs(ExtendedAttribute other) {
        return length == other.length && Arrays.equals(name, other.name) && Arrays.equals(data, other.data);
    }

    int hash() {
        return 31 * Arrays.hashCode(name) + Arrays.hashCode(data);
    }
}
