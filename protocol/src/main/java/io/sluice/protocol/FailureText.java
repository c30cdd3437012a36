package io.sluice.protocol;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, for people. The JDK's exceptions for the commonest failures of files have the file's name for their whole message. */
public final class FailureText {
    private FailureText() {}

    /** Returns {@code /etc/x: No such file or directory}, or a failure's own message if it says more than a name. */
    public static String of(IOException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (!(failure instanceof FileSystemException file) || file.getReason() != null) {
            return message;
        }
        return switch (file) {
            case NoSuchFileException _ -> message + ": No such file or directory";
            case AccessDeniedException _ -> message + ": Permission denied";
            case FileAlreadyExistsException _ -> message + ": File exists";
            default -> message;
        };
    }
}
