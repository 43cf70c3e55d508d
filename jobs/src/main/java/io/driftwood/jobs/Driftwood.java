package io.driftwood.jobs;

import io.driftwood.jobs.command.Commands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The main class of the jar, for the launcher and for {@code flink run}. */
public final class Driftwood {

    private Driftwood() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = Commands.execute(out, err, arguments);
        out.flush();
        System.exit(code);
    }
}
