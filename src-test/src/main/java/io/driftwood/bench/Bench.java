package io.driftwood.bench;

import java.io.PrintWriter;
import java.util.List;

/** One benchmark that {@code driftwood bench} can run. */
interface Bench {

    String name();

    /** One sentence for people. */
    String help();

    List<Figure> run(PrintWriter talk) throws Exception;
}
