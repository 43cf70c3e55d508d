package io.driftwood.bench;

import io.driftwood.jobs.bench.Benchmarks;
import java.io.PrintWriter;
import java.util.List;

/** One benchmark that {@code driftwood bench} can run. */
interface Bench {

    String name();

    /** One sentence for people. */
    String help();

    List<Figure> run(PrintWriter talk) throws Exception;

    /** The same, by wishes that only some benchmarks can fulfil. */
    default List<Figure> run(Benchmarks.Wishes wishes, PrintWriter talk) throws Exception { return run(talk); }

    /** Whether it takes so long that it only runs when it is named. */
    default boolean onlyWhenNamed() { return false; }
}
