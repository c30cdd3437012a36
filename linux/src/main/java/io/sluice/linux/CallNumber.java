package io.sluice.linux;

/**
 * Numbers of the system calls we use: {@code arch/x86/entry/syscalls/syscall_64.tbl} and, for aarch64,
 * {@code include/uapi/asm-generic/unistd.h} of the kernel.
 */
final class CallNumber {
    static final int READ = number(0, 63);
    static final int WRITE = number(1, 64);
    static final int CLOSE = number(3, 57);
    static final int LSEEK = number(8, 62);
    static final int RT_SIGACTION = number(13, 134);
    static final int IOCTL = number(16, 29);
    static final int PREAD64 = number(17, 67);
    static final int PWRITE64 = number(18, 68);
    static final int SOCKET = number(41, 198);
    static final int CONNECT = number(42, 203);
    static final int GETSOCKNAME = number(51, 204);
    static final int GETPEERNAME = number(52, 205);
    static final int GETSOCKOPT = number(55, 209);
    static final int WAIT4 = number(61, 260);
    static final int KILL = number(62, 129);
    static final int FCNTL = number(72, 25);
    static final int FSYNC = number(74, 82);
    static final int FDATASYNC = number(75, 83);
    static final int FTRUNCATE = number(77, 46);
    static final int CHDIR = number(80, 49);
    static final int FCHMOD = number(91, 52);
    static final int FCHOWN = number(93, 55);
    static final int GETUID = number(102, 174);
    static final int GETGID = number(104, 176);
    static final int GETEUID = number(107, 175);
    static final int GETEGID = number(108, 177);
    static final int GETGROUPS = number(115, 158);
    static final int SETGROUPS = number(116, 159);
    static final int SETRESUID = number(117, 147);
    static final int SETRESGID = number(119, 149);
    static final int FSTATFS = number(138, 44);
    static final int PRCTL = number(157, 167);
    static final int CHROOT = number(161, 51);
    static final int SETFSUID = number(122, 151);
    static final int SETFSGID = number(123, 152);
    static final int SETXATTR = number(188, 5);
    static final int LSETXATTR = number(189, 6);
    static final int FSETXATTR = number(190, 7);
    static final int GETXATTR = number(191, 8);
    static final int LGETXATTR = number(192, 9);
    static final int FGETXATTR = number(193, 10);
    static final int LISTXATTR = number(194, 11);
    static final int LLISTXATTR = number(195, 12);
    static final int FLISTXATTR = number(196, 13);
    static final int REMOVEXATTR = number(197, 14);
    static final int LREMOVEXATTR = number(198, 15);
    static final int FREMOVEXATTR = number(199, 16);
    static final int GETDENTS64 = number(217, 61);
    static final int FADVISE64 = number(221, 223);
    static final int INOTIFY_ADD_WATCH = number(254, 27);
    static final int INOTIFY_RM_WATCH = number(255, 28);
    static final int OPENAT = number(257, 56);
    static final int MKDIRAT = number(258, 34);
    static final int MKNODAT = number(259, 33);
    static final int FCHOWNAT = number(260, 54);
    static final int UNLINKAT = number(263, 35);
    static final int LINKAT = number(265, 37);
    static final int SYMLINKAT = number(266, 36);
    static final int READLINKAT = number(267, 78);
    static final int FCHMODAT = number(268, 53);
    static final int PPOLL = number(271, 73);
    static final int UNSHARE = number(272, 97);
    static final int UTIMENSAT = number(280, 88);
    static final int FALLOCATE = number(285, 47);
    static final int EVENTFD2 = number(290, 19);
    static final int DUP3 = number(292, 24);
    static final int PIPE2 = number(293, 59);
    static final int INOTIFY_INIT1 = number(294, 26);
    static final int FANOTIFY_INIT = number(300, 262);
    static final int FANOTIFY_MARK = number(301, 263);
    static final int PRLIMIT64 = number(302, 261);
    static final int NAME_TO_HANDLE_AT = number(303, 264);
    static final int OPEN_BY_HANDLE_AT = number(304, 265);
    static final int RENAMEAT2 = number(316, 276);
    static final int STATX = number(332, 291);
    static final int OPENAT2 = number(437, 437);
    static final int LANDLOCK_CREATE_RULESET = number(444, 444);
    static final int LANDLOCK_ADD_RULE = number(445, 445);
    static final int LANDLOCK_RESTRICT_SELF = number(446, 446);
    static final int FCHMODAT2 = number(452, 452);

    private CallNumber() {}

    private static int number(int x86, int arm) {
        return Architecture.CURRENT.pick(x86, arm);
    }
}
