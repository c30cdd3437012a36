package io.sluice.watcher.status;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code sluice status}. */
public final class StatusCommand {
    private static final String USAGE = """
            Usage: sluice status [--json] [--token-file FILE] [URL]
            Shows how a mirror stands that has a status address; URL is http://127.0.0.1:8730/ unless given.

              --json             as JSON
              --token-file FILE  the token, if one is needed, is its first line (or in the variable SLUICE_TOKEN)
              -h, --help         show this

            Exit code: 0 every replica is in sync, 1 something is behind, 2 nothing could be learnt.
            """;

    private static final String DEFAULT = "http://127.0.0.1:8730/";
    private static final int BEHIND = 1;
    private static final int UNREACHABLE = 2;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}&&[^\\n]]");

    private StatusCommand() {}

    /**
     * Asks a mirror and shows what it says.
     *
     * @param arguments those after {@code status}
     * @param environment the process's variables
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            RemoteRequest request = RemoteRequest.read(arguments, environment);
            if (request.help()) {
                out.print(USAGE);
                return 0;
            }
            if (request.operands().size() > 1) {
                throw new IOException(request.operands().get(1) + " (expected: one address)");
            }
            return ask(request, out);
        } catch (IOException | IllegalArgumentException e) {
            err.println("sluice status: " + words(e));
            return UNREACHABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNREACHABLE;
        }
    }

    private static String words(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static int ask(RemoteRequest request, PrintStream out) throws IOException, InterruptedException {
        String given =
                request.operands().isEmpty() ? DEFAULT : request.operands().getFirst();
        String base = given.contains("://") ? given : "http://" + given;
        if (!base.startsWith("http://") && !base.startsWith("https://")) {
            throw new IOException(given + " (expected: an address such as " + DEFAULT + ")");
        }
        URI address = URI.create(base.endsWith("/") ? base : base + "/")
                .resolve(request.json() ? "status.json" : "status.txt");
        HttpRequest.Builder asked = HttpRequest.newBuilder(address).timeout(PATIENCE);
        request.token().ifPresent(token -> asked.header("Authorization", "Bearer " + token));
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer =
                    client.send(asked.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            String body = NO_TEXT.matcher(answer.body()).replaceAll("?");
            if (answer.statusCode() != OK) {
                throw new IOException(address + ": " + body.strip());
            }
            out.writeBytes(body.getBytes(StandardCharsets.UTF_8));
            out.flush();
            boolean inSync = answer.headers()
                    .firstValue(StatusSite.IN_SYNC_HEADER)
                    .map(Boolean::parseBoolean)
                    .orElse(false);
            return inSync ? 0 : BEHIND;
        } catch (IOException e) {
            throw new IOException(e.getMessage() == null ? address + ": cannot be reached" : e.getMessage(), e);
        }
    }
}
