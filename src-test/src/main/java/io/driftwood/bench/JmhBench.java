package io.driftwood.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A JMH class as a benchmark: every method is a figure, held against the method with the same ending after the given beginning
 * ("plainExp" for "vectorExp") or against one method for all; allocation per operation beside it.
 */
record JmhBench(String name, String help, Class<?> type, Baseline baseline) implements Bench {

    /** Which method a method is compared with; empty for none. */
    interface Baseline {
        Optional<String> of(String method);
    }

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
        Optional<String> against = baseline.of(method(result));
        Optional<RunResult> other = against.flatMap(m -> all.stream().filter(r -> method(r).equals(m) && parameters(r).equals(parameters(result))).findFirst());
        return other.isEmpty() ? Figure.alone(label(result), value, unit)
                : new Figure(label(result), value, unit, against.orElseThrow(), other.get().getPrimaryResult().getScore() / value);
    }

    private static String method(RunResult result) {
        String path = result.getParams().getBenchmark();
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String parameters(RunResult result) {
        return result.getParams().getParamsKeys().stream().map(k -> k + "=" + result.getParams().getParam(k)).collect(Collectors.joining(","));
    }

    private static String label(RunResult result) {
        String parameters = parameters(result);
        return method(result) + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    }
}
