package io.sluice.daemon.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.config.LimitRules;
import io.sluice.daemon.config.TransferRules;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a client asks for about privileges, and what becomes of it in a module: as in rsync 3.5.0's daemon. */
class ModuleOptionsTest {
    private static PreservationOptions apply(boolean fake, OptionalInt openNoAtime, Consumer<OptionDraft> asked) {
        TransferRules rules =
                new TransferRules(false, false, false, fake, openNoAtime, false, List.of(), "", "", "", "", false);
        TransferOptions options = TransferOptions.DEFAULT.edit(asked);
        return ModuleOptions.apply(options, rules, new LimitRules(0, "", 0, 9, 0), Side.RECEIVER)
                .preservation();
    }

    @Test
    void onlyTheModuleLetsRootBePlayed() {
        PreservationOptions asked = apply(false, OptionalInt.empty(), draft -> draft.fakeSuper = true);
        assertThat(asked.privileges().fakeSuper()).isFalse();
        assertThat(asked.privileges().superUser()).isEqualTo(Choice.YES);
        PreservationOptions set = apply(true, OptionalInt.empty(), draft -> draft.xattrs = 2);
        assertThat(set.privileges().fakeSuper()).isTrue();
        assertThat(set.xattrs()).isEqualTo(1);
    }

    @Test
    void noClientSaysAsWhomFilesAreCopied() {
        PreservationOptions asked = apply(false, OptionalInt.empty(), draft -> draft.copyAs = "root");
        assertThat(asked.privileges().copyAs()).isEmpty();
    }

    @Test
    void moduleDecidesAboutAccessTimes() {
        Consumer<OptionDraft> twice = draft -> draft.atimes = 2;
        assertThat(apply(false, OptionalInt.empty(), twice).keepsAccessTimesOfSources())
                .isTrue();
        assertThat(apply(false, OptionalInt.of(0), twice).keepsAccessTimesOfSources())
                .isFalse();
        assertThat(apply(false, OptionalInt.of(0), twice).atimes()).isEqualTo(1);
        assertThat(apply(false, OptionalInt.of(1), draft -> {}).keepsAccessTimesOfSources())
                .isTrue();
    }

    /** A device's content is nobody's to read or overwrite unless the module says so by name. */
    @Test
    void devicesAreRefusedUnlessAllowed() throws Exception {
        List<byte[]> words = new ArrayList<>();
        for (String word : new String[] {"--server", "--sender", "-r", "--copy-devices", ".", "m/"}) {
            words.add(word.getBytes(StandardCharsets.US_ASCII));
        }
        RequestArguments request = new RequestArguments(new Admission.Arguments(words, List.of()));
        assertThatThrownBy(() -> request.parse(List.of(), false))
                .isInstanceOf(TransferException.class)
                .hasMessage("The server is configured to refuse --copy-devices");
        assertThat(request.parse(List.of("!copy-devices"), false)
                        .options()
                        .selection()
                        .copyDevices())
                .isTrue();
    }
}
