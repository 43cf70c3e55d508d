package io.driftwood.jobs;

import io.driftwood.jobs.command.Commands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The main class of the jar, for the launcher and for {@code flink run}. */
public final class Driftwood {

    private Driftwood() {}

    /** The log of a local run, which {@code -v} lets speak. A cluster has its own. */
    private static void quietLog(String[] arguments) {
        if (Boolean.getBoolean("driftwood.launcher")) {
            boolean verbose = List.of(arguments).contains("-v") || List.of(arguments).contains("--verbose");
            System.setProperty("driftwood.log", verbose ? "INFO" : "ERROR");
            System.setProperty("log4j2.configurationFile", "driftwood-log4j2.properties");
        }
    }

    public static void main(String[] arguments) {
        quietLog(arguments);
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = Commands.execute(out, err, arguments);
        out.flush();
        System.exit(code);
    }
}
