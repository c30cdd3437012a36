package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those that daemons of both programs and the kernel use; that they are is shown with them in the interoperability tests. */
class PushFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SOCKET_IO       | failed to connect to h (1.2.3.4): Connection refused (111)        | is an rsync daemon running there
            SOCKET_IO       | getaddrinfo: h 873: Name or service not known                      | is the host's name right?
            SOCKET_IO       | failed to connect to h (1.2.3.4): No route to host (113)           | is the host up, and the network?
            SOCKET_IO       | failed to connect to h (1.2.3.4): Network is unreachable (101)     | is the host up, and the network?
            SOCKET_IO       | failed to connect to h (1.2.3.4): Permission denied (13)           | no firewall
            START_CLIENT    | @ERROR: auth failed on module site                                 | "secrets file" there
            START_CLIENT    | @ERROR: Unknown module 'sit'                                       | rsync HOST::
            START_CLIENT    | @ERROR: max connections (2) reached -- try again later             | raise "max connections"
            START_CLIENT    | @ERROR: access denied to site from h (1.2.3.4)                     | "hosts allow"
            START_CLIENT    | @ERROR: chdir failed                                               | "path" exist there
            START_CLIENT    | did not see server greeting                                        | no rsync daemon
            START_CLIENT    | rsync: server sent "SSH-2.0-OpenSSH" rather than greeting          | no rsync daemon
            START_CLIENT    | something new                                                      | its log may say why
            SYNTAX          | ERROR: module is read only                                         | set "read only = no"
            FILE_IO         | rsync: [receiver] write failed on "a": No space left on device (28) | free space there
            FILE_IO         | rsync: [receiver] mkstemp ".a.x" failed: Disk quota exceeded (122) | raise the quota
            FILE_IO         | error in file IO                                                   | is its disk full or failing?
            PARTIAL         | rsync: [receiver] mkstemp ".a.x" failed: Read-only file system (30) | mount it writable there
            PARTIAL         | rsync: [receiver] mkstemp ".a.x" failed: Permission denied (13)    | the daemon's "uid"
            PARTIAL         | rsync: [generator] chown "a" failed: Operation not permitted (1)   | "uid = root" there
            PARTIAL         | rsync: [receiver] write failed on "a": Input/output error (5)      | is its disk failing?
            PARTIAL         | rsync: [receiver] mkstemp ".a.x" failed: File name too long (36)   | shorter name
            CONNECT_TIMEOUT | timeout waiting for daemon connection                              | "connect timeout"
            TIMEOUT         | io timeout after 60 seconds                                        | does the host or its disk hang?
            STREAM_IO       | connection unexpectedly closed                                     | the daemon's log there
            PROTOCOL        | unexpected tag 77                                                  | the daemon's log there
            """)
    void saysWhatToDo(ExitCode code, String said, String advice) {
        String words = PushFailure.of(new TransferException(code, said)).words();
        assertThat(words).startsWith(said + " (").endsWith(")").contains(advice);
    }

    /** The same words may come at the end of a session that did something. */
    @Test
    void saysItOfASessionThatWentToItsEndToo() {
        PushFailure failure = PushFailure.of(List.of("rsync: one", "mkstemp \"a\" failed: Read-only file system (30)"));
        assertThat(failure.words())
                .isEqualTo("rsync: one; mkstemp \"a\" failed: Read-only file system (30) (mount it writable there)");
        assertThat(failure.began()).isTrue();
        assertThat(PushFailure.of(List.of()).words()).isEqualTo("some files were not transferred");
    }

    /** A status is a line; a daemon that writes more of them, or controls a terminal, must not make it several. */
    @Test
    void isOneLineWithoutControlCharacters() {
        String words = PushFailure.of(new TransferException(ExitCode.START_CLIENT, "one\r\n  two\n\u001b[31mthree\n"))
                .words();
        assertThat(words).startsWith("one; two; ").doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void isNeverWithoutWords() {
        assertThat(PushFailure.of(new TransferException(ExitCode.STREAM_IO, "")).words())
                .startsWith("error in rsync protocol data stream");
        assertThat(PushFailure.of(new IOException((String) null)).words()).isEqualTo("java.io.IOException");
        assertThat(PushFailure.of(new StackOverflowError()).words()).contains("StackOverflowError");
    }

    /** After what certainly never began, nothing has to be looked at again. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SOCKET_IO       | failed to connect to h (1.2.3.4): Connection refused (111) | false
            SOCKET_IO       | getaddrinfo: h 873: Name or service not known             | false
            START_CLIENT    | @ERROR: auth failed on module site                        | false
            CONNECT_TIMEOUT | timeout waiting for daemon connection                     | false
            FILE_SELECT     | source /srv/www: another directory                        | false
            SOCKET_IO       | Connection reset by peer                                  | true
            TIMEOUT         | io timeout after 60 seconds                               | true
            STREAM_IO       | connection unexpectedly closed                            | true
            """)
    void knowsWhetherASessionMayHaveBegun(ExitCode code, String said, boolean began) {
        assertThat(PushFailure.of(new TransferException(code, said)).began()).isEqualTo(began);
    }
}
