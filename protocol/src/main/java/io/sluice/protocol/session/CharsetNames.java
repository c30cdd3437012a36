package io.sluice.protocol.session;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds charsets by the names that iconv(1) knows, where {@code iso88591}, {@code ISO8859-1} and {@code iso-8859-1} are one. */
final class CharsetNames {
    private static final String WIRE = "UTF-8";

    private CharsetNames() {}

    /**
     * Returns the charset of this name; of the locale for {@code .} or an empty name.
     *
     * @throws TransferException with code 4 and rsync's words if there is none, or none that can be written
     */
    static Charset find(String name) throws TransferException {
        boolean ofLocale = name.isEmpty() || name.equals(".");
        String wanted = ofLocale ? System.getProperty("native.encoding", WIRE) : name;
        Charset found = known(wanted);
        if (found == null || !found.canEncode()) {
            throw new TransferException(
                    ExitCode.UNSUPPORTED, "iconv_open(\"" + WIRE + "\", \"" + wanted + "\") failed");
        }
        return found;
    }

    private static @Nullable Charset known(String name) {
        try {
            return Charset.forName(name);
        } catch (UnsupportedCharsetException e) {
            return similar(squeezed(name));
        } catch (IllegalCharsetNameException e) {
            return null; // such as latin1//TRANSLIT: nothing is replaced here
        }
    }

    private static @Nullable Charset similar(String wanted) {
        for (Charset charset : Charset.availableCharsets().values()) {
            if (squeezed(charset.name()).equals(wanted)
                    || charset.aliases().stream()
                            .anyMatch(alias -> squeezed(alias).equals(wanted))) {
                return charset;
            }
        }
        return null;
    }

    private static String squeezed(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
