package io.driftwood.connectors.file;

import java.io.Serializable;
import org.apache.flink.core.fs.Path;

/**
 * What records call the file they came from: one given name, or the file's path, relative to the directory the job was
 * started in where it lies below it. So the same input has the same origins on another machine.
 */
record Origins(String name, String startedIn) implements Serializable {

    static Origins named(String name) {
        return new Origins(name, "");
    }

    static Origins byPath() {
        return new Origins("", java.nio.file.Path.of("").toAbsolutePath() + "/");
    }

    String of(Path path) {
        if (!name.isEmpty()) {
            return name;
        }
        String scheme = path.toUri().getScheme();
        if (scheme != null && !scheme.equals("file")) {
            return path.toString();
        }
        String full = path.getPath();
        return full.startsWith(startedIn) ? full.substring(startedIn.length()) : full;
    }
}
