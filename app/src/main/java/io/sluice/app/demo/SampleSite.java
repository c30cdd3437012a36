package io.sluice.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Makes a web site's worth of files: pages, style sheets and pictures in directories by section and day. */
final class SampleSite {
    private static final int FILES_PER_DIRECTORY = 50;
    private static final int SEED = 20;

    private SampleSite() {}

    static void create(Path site, int files) throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < files; i++) {
            int number = i / FILES_PER_DIRECTORY;
            Path directory = site.resolve("section-" + number % 7).resolve("day-" + number);
            if (i % FILES_PER_DIRECTORY == 0) {
                Files.createDirectories(directory);
            }
            switch (i % 10) {
                case 0 -> Files.write(directory.resolve("picture-" + i + ".jpg"), picture(random));
                case 1 -> Files.writeString(directory.resolve("style-" + i + ".css"), "body { margin: " + i + "px }\n");
                default -> Files.writeString(directory.resolve("page-" + i + ".html"), page(i, random));
            }
        }
        Files.createSymbolicLink(site.resolve("latest"), Path.of("section-0"));
    }

    private static byte[] picture(Random random) {
        byte[] bytes = new byte[2_000 + random.nextInt(30_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A page of a few KB with text that compresses as text does. */
    static String page(int number, Random random) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<title>Page " + number + "</title>\n");
        for (int i = 0; i < 20 + random.nextInt(40); i++) {
            page.append("<p>Paragraph ")
                    .append(random.nextInt(1_000_000))
                    .append(" of page ")
                    .append(number)
                    .append("</p>\n");
        }
        return page.toString();
    }
}
