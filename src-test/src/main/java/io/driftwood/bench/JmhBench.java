package io.driftwood.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A JMH class as a benchmark: every method with its parameters is a figure, held against another of the class, with the bytes it
 * allocates per operation beside it.
 *
 * @param baseline from the label of a figure, {@code method(parameter=value,...)}, to that of its comparison
 */
record JmhBench(String name, String help, Class<?> type, UnaryOperator<String> baseline) implements Bench {

    @Override
    public List<Figure> run(PrintWriter talk) throws RunnerException {
        talk.println("JMH " + type.getSimpleName() + ": one fork, five iterations each ...");
        talk.flush();
        Options options = new OptionsBuilder().include("\\Q" + type.getName() + "\\E\\..*").addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT).build();
        Collection<RunResult> results = new Runner(options).run();
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : results) {
            figures.add(figure(result, results));
            result.getSecondaryResults().entrySet().stream().filter(e -> e.getKey().endsWith("gc.alloc.rate.norm"))
                    .forEach(e -> figures.add(Figure.alone(label(result) + " allocates", e.getValue().getScore(), "B/op")));
        }
        return figures;
    }

    private Figure figure(RunResult result, Collection<RunResult> all) {
        double value = result.getPrimaryResult().getScore();
        String unit = result.getPrimaryResult().getScoreUnit();
        String against = baseline.apply(label(result));
        return all.stream().filter(r -> r != result && label(r).equals(against)).findFirst()
                .map(other -> new Figure(label(result), value, unit, against, other.getPrimaryResult().getScore() / value))
                .orElseGet(() -> Figure.alone(label(result), value, unit));
    }

    private static String label(RunResult result) {
        String path = result.getParams().getBenchmark();
        String parameters = result.getParams().getParamsKeys().stream()
                .map(key -> key + "=" + result.getParams().getParam(key)).collect(Collectors.joining(","));
        return path.substring(path.lastIndexOf('.') + 1) + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    }
}
