package io.sluice.daemon.module;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.NameConversion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a module's names travel to a client that has them converted: as the module says, whatever charset the client names. */
final class ModuleNames {
    private ModuleNames() {}

    /**
     * Returns the conversion.
     *
     * @param charset the module's; empty: none
     * @param wanted the client has names converted
     * @throws TransferException if there is no such charset
     */
    static NameConversion of(String charset, boolean wanted) throws TransferException {
        return charset.isEmpty() || !wanted ? NameConversion.NONE : NameConversion.of(charset);
    }

    /** The arguments that a client sent, those that were secluded in the module's charset. */
    static Admission.Arguments convert(Admission.Arguments sent, String charset) throws TransferException {
        NameConversion names = of(charset, sent.first().stream().anyMatch(ModuleNames::asks));
        List<byte[]> secluded = new ArrayList<>();
        sent.secluded().forEach(argument -> secluded.add(names.heard(argument)));
        return new Admission.Arguments(sent.first(), secluded);
    }

    private static boolean asks(byte[] argument) {
        return new String(argument, StandardCharsets.ISO_8859_1).startsWith("--iconv");
    }
}
