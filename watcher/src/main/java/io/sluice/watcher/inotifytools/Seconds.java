package io.sluice.watcher.inotifytools;

/** The value of {@code --timeout}: whole seconds, as strtol(3) reads them. */
final class Seconds {
    private static final String ADVICE = "\nPlease specify a long int value.";

    private Seconds() {}

    /**
     * Reads it.
     *
     * @return 0 for no limit: what is negative was 136 years for the original
     */
    static long read(String text) throws CommandLineException {
        if (text.isEmpty()) {
            throw new CommandLineException("The provided value is not a valid timeout value." + ADVICE);
        }
        String number = text.replaceFirst("^[ \\t-\\r]+", "");
        if (!number.matches("[+-]?[0-9]+")) {
            throw new CommandLineException("'" + text + "' is not a valid timeout value." + ADVICE);
        }
        try {
            return Math.max(0, Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw new CommandLineException(
                    "Something went wrong with the timeout value you provided.\n" + "Numerical result out of range");
        }
    }
}
