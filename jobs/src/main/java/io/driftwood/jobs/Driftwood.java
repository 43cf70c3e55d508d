package io.driftwood.jobs;

import io.driftwood.jobs.command.Commands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main class of the jar, for the launcher and for {@code flink run}. */
public final class Driftwood {

    private Driftwood() {}

    /** The log of a local run, which {@code -v} lets speak. A cluster has its own. */
    private static void quietLog(String[] arguments) {
        if (Boolean.getBoolean("driftwood.launcher")) {
            List<String> words = List.of(arguments);
            boolean verbose = words.contains("-v") || words.contains("--verbose");
            System.setProperty("driftwood.log", verbose ? "INFO" : "OFF");
            System.setProperty("driftwood.log.tasks", verbose ? "INFO" : words.contains("run") ? "WARN" : "OFF");
            System.setProperty("log4j2.configurationFile", "driftwood-log4j2.properties");
        }
    }

    public static void main(String[] arguments) {
        quietLog(arguments);
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = Commands.execute(out, err, arguments);
        out.flush();
        if (!calledByFlink()) {
            System.exit(code);
        } else if (code != 0) {
            throw new IllegalStateException("driftwood ended with exit code " + code + "; the reason stands above");
        }
    }

    /** Whether {@code flink run} or an application cluster called us: it goes on after us, and must not be taken down. */
    private static boolean calledByFlink() {
        return !Boolean.getBoolean("driftwood.launcher") && !StreamExecutionEnvironment.areExplicitEnvironmentsAllowed();
    }
}
