package io.sluice.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a mirror's configuration and starts it. */
final class MirrorService {
    static final String CONFIGURATION = "mirror.conf";

    private MirrorService() {}

    static ServiceProcess start(Path top, Path site, List<WebNode> nodes) throws IOException {
        Path configuration = top.resolve(CONFIGURATION);
        Files.writeString(configuration, configuration(top, site, nodes));
        return ServiceProcess.start(top.resolve("mirror.log"), "mirror", "--config", configuration.toString());
    }

    private static String configuration(Path top, Path site, List<WebNode> nodes) throws IOException {
        Path password = top.resolve("publisher.pass");
        Files.writeString(password, WebNode.PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        return """
                [site]
                path = %s
                replicas = %s
                password file = %s
                """.formatted(site, nodes.stream().map(WebNode::url).collect(Collectors.joining(" ")), password);
    }
}
