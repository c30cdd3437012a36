package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.protocol.TransferException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * {@code --iconv}: file names travel in UTF-8, whatever charset this end keeps them in. Then the entries of a list are numbered in the order of the wire,
 * as the ends may sort them differently.
 *
 * @param charset of this end's names; null: names are bytes that nobody looks at
 * @param linkTargets symlink targets are names too (protocol ≥ 30, if both ends know of it)
 * @param lists so are the names of a {@code --files-from} list that travels ({@code --secluded-args})
 */
public record NameConversion(@Nullable Charset charset, boolean linkTargets, boolean lists) {
    /** Names stay as they are. */
    public static final NameConversion NONE = new NameConversion(null, false, false);

    /**
     * Returns the conversion of one end.
     *
     * @param name the charset of this end's names, {@code .} or empty for the locale's
     * @throws TransferException with code 4 if there is no such charset
     */
    public static NameConversion of(String name) throws TransferException {
        return new NameConversion(CharsetNames.find(name), false, false);
    }

    /**
     * Returns the conversion that a CONVERT_SPEC asks of the end that was started with it.
     *
     * @param specification {@code LOCAL,REMOTE} or a name that both ends use; empty: no conversion
     */
    public static NameConversion ofSpecification(String specification) throws TransferException {
        int comma = specification.indexOf(',');
        return specification.isEmpty() ? NONE : of(comma < 0 ? specification : specification.substring(0, comma));
    }

    /** Whether anything is converted. */
    public boolean isActive() {
        return charset != null;
    }

    /** The same, with or without lists. */
    public NameConversion withLists(boolean converted) {
        return new NameConversion(charset, linkTargets, isActive() && converted);
    }

    NameConversion withLinkTargets(boolean converted) {
        return new NameConversion(charset, isActive() && converted, lists);
    }

    /** A coder from this end's charset to the wire's; only if this {@link #isActive}. */
    public NameCoder toWire() {
        return new NameCoder(required(), UTF_8);
    }

    /** A coder from the wire's charset to this end's; only if this {@link #isActive}. */
    public NameCoder fromWire() {
        return new NameCoder(UTF_8, required());
    }

    /** A text for the peer: what cannot be converted stays as it is. */
    public byte[] told(byte[] text) {
        return isActive() ? toWire().convertAll(text) : text;
    }

    /** A text of the peer. */
    public byte[] heard(byte[] text) {
        return isActive() ? fromWire().convertAll(text) : text;
    }

    private Charset required() {
        if (charset == null) {
            throw new IllegalStateException("conversion of names: off (expected: on)");
        }
        return charset;
    }
}
