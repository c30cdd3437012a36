package io.sluice.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.files.AccessControlList.Named;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What rsync 3.5.0 leaves out, fills in and compares; the bytes are from setfacl on Linux and from a fake-super receiver. */
class AccessControlListTest {
    private static final int NONE = AccessControlList.NONE;
    /** {@code u::rw,u:33:rw,g::r,g:1:-,m::rw,o::r}. */
    private static final String KERNEL = "02000000" + "01000600ffffffff" + "0200060021000000" + "04000400ffffffff"
            + "0800000001000000" + "10000600ffffffff" + "20000400ffffffff";

    private static AccessControlList fromKernel() {
        return AccessControlFormat.fromKernel(HexFormat.of().parseHex(KERNEL));
    }

    private static Named named(int id, int permission) {
        Named named = new Named(1);
        named.add(true, id, permission);
        return named;
    }

    @Test
    void readsAndWritesTheKernelsForm() {
        AccessControlList list = fromKernel();
        assertThat(list.owner()).isEqualTo(6);
        assertThat(list.group()).isEqualTo(4);
        assertThat(list.mask()).isEqualTo(6);
        assertThat(list.others()).isEqualTo(4);
        assertThat(list.named().count()).isEqualTo(2);
        assertThat(list.permissions()).isEqualTo(0664);
        assertThat(HexFormat.of().formatHex(AccessControlFormat.toKernel(list))).isEqualTo(KERNEL);
    }

    /** Another system's order must not make two equal lists differ. */
    @Test
    void keepsNamedEntriesInOrder() {
        Named mixed = new Named(4);
        mixed.add(false, 7, 1);
        mixed.add(true, -1, 2);
        mixed.add(true, 9, 3);
        mixed.add(false, 3, 4);
        assertThat(new int[] {mixed.id(0), mixed.id(1), mixed.id(2), mixed.id(3)})
                .containsExactly(9, -1, 3, 7);
        assertThat(mixed.isUser(1)).isTrue();
        assertThat(mixed.isUser(2)).isFalse();
    }

    @Test
    void condensesWhatTheModeSays() {
        AccessControlList condensed = fromKernel().condensed(0100664);
        assertThat(condensed)
                .isEqualTo(
                        new AccessControlList(NONE, 4, NONE, NONE, fromKernel().named()));
        assertThat(AccessControlList.ofMode(0640).condensed(0640)).isEqualTo(AccessControlList.EMPTY);
        // A mask without named entries could not be told from no mask.
        AccessControlList masked = new AccessControlList(6, 6, 4, 0, Named.NOBODY);
        assertThat(masked.condensed(0640).mask()).isEqualTo(4);
    }

    @Test
    void agreesUnlessMoreThanTheModeDiffers() {
        AccessControlList wanted = new AccessControlList(NONE, NONE, 6, NONE, named(33, 6));
        assertThat(new AccessControlList(6, 6, 6, 4, named(33, 6)).agreesWith(wanted, 0664))
                .isTrue();
        assertThat(new AccessControlList(7, 6, 1, 0, named(33, 6)).agreesWith(wanted, 0664))
                .isTrue();
        assertThat(new AccessControlList(6, 4, 6, 4, named(33, 6)).agreesWith(wanted, 0664))
                .isFalse();
        assertThat(new AccessControlList(6, 6, 6, 4, named(33, 4)).agreesWith(wanted, 0664))
                .isFalse();
        assertThat(AccessControlList.ofMode(0664).agreesWith(wanted, 0664)).isFalse();
        assertThat(AccessControlList.ofMode(0600).agreesWith(AccessControlList.EMPTY, 0664))
                .isTrue();
    }

    @Test
    void completesFromTheMode() {
        AccessControlList wanted = new AccessControlList(NONE, 4, 6, NONE, named(33, 6));
        assertThat(wanted.completed(0100640, 0100600)).isEqualTo(new AccessControlList(6, 4, 4, 0, named(33, 6)));
        assertThat(AccessControlList.permissionsAfter(0100640, 0100600)).isEqualTo(0100640);
    }

    /** While a set-id bit is on that is to go, the list must let nobody in. */
    @Test
    void grantsNothingWhileSpecialBitsAreWrong() {
        AccessControlList wanted = new AccessControlList(NONE, NONE, 7, NONE, named(33, 7));
        assertThat(wanted.completed(0100777, 0104700).mask()).isZero();
        assertThat(wanted.completed(0104777, 0104700).mask()).isEqualTo(7);
        assertThat(wanted.completed(0041777, 0040700).others()).isZero();
        assertThat(AccessControlList.permissionsAfter(0100777, 0104700)).isEqualTo(0104700);
    }

    /** Setting the mode afterwards touches the mask only: what the owning group has must be there before, or it is lost (as it is with rsync 3.5.0). */
    @Test
    void keepsWhatTheOwningGroupHasBehindTheMask() {
        AccessControlList wanted = new AccessControlList(NONE, NONE, 7, NONE, named(33, 7));
        AccessControlList before = wanted.completed(0041777, 0040700);
        assertThat(before.mask()).isZero();
        assertThat(before.group()).isEqualTo(7);
    }

    @Test
    void isKeptAsRsyncKeepsIt() {
        AccessControlList list = new AccessControlList(NONE, 4, 6, NONE, named(33, 6));
        byte[] kept = AccessControlFormat.toKept(list);
        assertThat(HexFormat.of().formatHex(kept))
                .isEqualTo("80000000" + "04000000" + "06000000" + "80000000" + "21000000" + "06000080");
        assertThat(AccessControlFormat.fromKept(kept, 0751)).isEqualTo(new AccessControlList(7, 4, 6, 1, named(33, 6)));
        assertThat(AccessControlFormat.fromKept(new byte[17], 0751)).isEqualTo(AccessControlList.EMPTY);
    }

    @Test
    void equalListsHaveEqualHashes() {
        Named spacious = new Named(5);
        spacious.add(true, 33, 6);
        assertThat(spacious).isEqualTo(named(33, 6)).hasSameHashCodeAs(named(33, 6));
        assertThat(fromKernel()).isEqualTo(fromKernel()).hasSameHashCodeAs(fromKernel());
    }
}
