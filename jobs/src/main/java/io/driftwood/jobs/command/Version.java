package io.driftwood.jobs.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, from the resource that Maven filters. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"driftwood " + text() + " (Java " + System.getProperty("java.version") + ")"};
    }

    static String text() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/io/driftwood/jobs/version.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
