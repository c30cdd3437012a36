package io.sluice.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.Errno;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is set of a file. */
class TreeMetadataTest extends BaitedTree {
    /** A link that has come where a file was is what is set, or nothing is: what it leads to stays as it is, to its ctime. */
    @Test
    void whatIsSetIsNeverWhereALinkLeads() throws IOException {
        String all = "unix:mode,uid,gid,lastModifiedTime,lastAccessTime,ctime";
        Path file = root.resolve("in/file");
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("in/file"));
        Map<String, Object> before = Files.readAttributes(file, all);
        byte[] name = bytes("link");
        assertFailsWith(Errno.EOPNOTSUPP, () -> confined.metadata().changeMode(name, 0600));
        int other = Identity.effectiveUser() == 0 ? 1 : Identity.effectiveUser();
        confined.metadata().changeOwner(name, other, -1);
        confined.metadata().setTimes(name, 1, 0, 2, 0);
        assertThat(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toMillis())
                .isEqualTo(2000);
        confined.metadata().setModificationTime(name, 3, 0);
        assertThat(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toMillis())
                .isEqualTo(3000);
        assertThat(Files.getAttribute(link, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(other);
        assertThatThrownBy(() -> confined.metadata().withAttributes(name, attributes -> {
                    attributes.set(bytes("user.x"), name, ExtendedAttributes.SET);
                    return name;
                }))
                .isInstanceOf(SystemCallException.class);
        assertThat(Files.readAttributes(file, all)).isEqualTo(before);
    }

    @Test
    void timesKeepNanosecondsAndLeaveTheAccessTime() throws IOException {
        FileStatus before = new FileStatus();
        confined.status(bytes("in/file"), before);
        confined.metadata().setModificationTime(bytes("in/file"), 1_600_000_000L, 123_456_789);
        FileStatus after = new FileStatus();
        confined.status(bytes("in/file"), after);
        assertThat(after.mtimeSeconds()).isEqualTo(1_600_000_000L);
        assertThat(after.mtimeNanos()).isEqualTo(123_456_789);
        assertThat(after.atimeSeconds()).isEqualTo(before.atimeSeconds());
        assertThat(after.atimeNanos()).isEqualTo(before.atimeNanos());
    }
}
