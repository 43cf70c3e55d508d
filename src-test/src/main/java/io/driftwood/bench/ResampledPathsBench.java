package io.driftwood.bench;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.variational.Extra;
import io.driftwood.inference.variational.GaussianVariational;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.PathParameters;
import io.driftwood.inference.variational.PathPlan;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.ResampledPaths;
import io.driftwood.inference.variational.Trained;
import io.driftwood.inference.variational.TuningRun;
import io.driftwood.inference.variational.WhitenedTarget;
import io.driftwood.jobs.bench.Benchmarks;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tuned paths weighed each by itself and resampled on the way, at the same number of paths: the mean of log Z estimates and the relative error of Z estimates of
 * groups of 64 and of 1000 paths, and the time of a thousand. Tuned for 2000 iterations, in coordinates of a diagonal or a full normal.
 */
final class ResampledPathsBench implements Bench {

    private static final Randomness RANDOM = Randomness.of(20_261_122, "resampled paths");
    private static final int ITERATIONS = 2000;
    private static final int RUN = 4000;
    private static final Set<Extra> OWN = EnumSet.of(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.AFFINE);

    /** One kind of paths, in which coordinates they run, and where tuning begins. */
    private record Way(String name, GaussianVariational.Covariance coordinates, Method method, Set<Extra> parts) {

        PathParameters first(PathPlan plan) { return plan.first(method.hasMomentum() ? 0.1 : 0.01, method.keepsShare() ? 0.5 : 3); }
    }

    private static final List<Way> WAYS = List.of(
            new Way("diagonal, ula", GaussianVariational.Covariance.DIAGONAL, Method.ULA, Set.of()),
            new Way("diagonal, uha", GaussianVariational.Covariance.DIAGONAL, Method.UHA, Set.of()),
            new Way("full, uha", GaussianVariational.Covariance.FULL, Method.UHA, Set.of()),
            new Way("full, ldvi-exact with its own steps, reference and affine map", GaussianVariational.Covariance.FULL, Method.LDVI_EXACT, OWN));

    @Override
    public String name() { return "resampled-paths"; }

    @Override
    public String help() { return "Tuned annealed paths with and without resampling on the way: log Z of groups of 64 and 1000, its error, and time; --data."; }

    @Override
    public boolean onlyWhenNamed() { return true; }

    @Override
    public List<Figure> run(PrintWriter talk) throws Exception { return run(Benchmarks.Wishes.NONE, talk); }

    @Override
    public List<Figure> run(Benchmarks.Wishes wishes, PrintWriter talk) throws Exception {
        List<Figure> figures = new ArrayList<>();
        PublishedBounds.absent(wishes.data()).forEach(absent -> talk.println("resampled-paths: " + absent));
        for (PublishedBounds problem : PublishedBounds.all(wishes.data())) {
            run(problem, List.of(8, 32), List.of(0.5), figures, talk);
        }
        return figures;
    }

    static void run(PublishedBounds problem, List<Integer> counts, List<Double> thresholds, List<Figure> figures, PrintWriter talk) {
        Target target = problem.target();
        for (Way way : WAYS) {
            GaussianTarget normal = new GaussianVariational(way.coordinates, GaussianVariational.Options.standard(3000)).fit(target, new double[target.dimension()], RANDOM).normal();
            Target white = new WhitenedTarget(target, normal);
            for (int bridges : counts) {
                String label = problem.name() + " K=" + bridges + " " + way.name;
                PathPlan plan = new PathPlan(way.method, target.dimension(), bridges, way.parts);
                PathTuner.Options options = new PathTuner.Options(8, ITERATIONS, 0.02, 1000, ITERATIONS / 20, 20, EnumSet.allOf(Trained.class));
                TuningRun tuning = new PathTuner(plan, options).begin(white, way.first(plan), RANDOM.branch(bridges));
                tuning.advance(ITERATIONS);
                PathParameters tuned = tuning.best();
                add(figures, talk, label + ", bound", tuning.bound(8000).mean(), "nat");
                measure(white, plan, tuned, problem.logEvidence(), 0, label + ", alone", figures, talk);
                for (double threshold : thresholds) {
                    measure(white, plan, tuned, problem.logEvidence(), threshold, label + ", resampled below " + threshold, figures, talk);
                }
            }
        }
    }

    private static void measure(Target white, PathPlan plan, PathParameters tuned, double logEvidence, double threshold, String label, List<Figure> figures, PrintWriter talk) {
        for (int group : new int[] {64, 1000}) {
            int size = RUN / group * group;
            int runs = group < 1000 ? 5 : 10;
            ResampledPaths paths = new ResampledPaths(white, plan, size, size / group, threshold, new SystematicResampler());
            double[] logs = new double[runs * size / group];
            double resamplings = 0;
            paths.run(tuned, RANDOM, 0);
            long begin = System.nanoTime();
            for (int r = 0, at = 0; r < runs; r++) {
                paths.run(tuned, RANDOM, 1 + r);
                resamplings += paths.resamplings();
                for (int g = 0; g < size / group; g++) {
                    logs[at++] = paths.logEvidence(g);
                }
            }
            double milliseconds = (System.nanoTime() - begin) * 1e-6 / (runs * size) * 1000;
            double mean = LaneMath.get().sum(logs, 0, logs.length) / logs.length;
            double squares = 0;
            double spread = 0;
            for (double log : logs) {
                squares += Math.pow(Math.expm1(log - logEvidence), 2) / logs.length;
                spread += Math.pow(log - mean, 2) / logs.length;
            }
            String unit = String.format(Locale.ROOT, "nat +- %.3f", Math.sqrt(spread / logs.length));
            add(figures, talk, label + ", log Z by " + group, mean, unit);
            add(figures, talk, label + ", relative error of Z by " + group, Math.sqrt(squares), "");
            if (group == 1000) {
                add(figures, talk, label + ", 1000 paths", milliseconds, "ms");
            }
            if (threshold > 0) {
                add(figures, talk, label + ", resamplings of a path by " + group, resamplings / logs.length, "");
            }
        }
    }

    private static void add(List<Figure> figures, PrintWriter talk, String label, double value, String unit) {
        figures.add(Figure.alone(label, value, unit));
        talk.println(String.format(Locale.ROOT, "%s: %.6g %s", label, value, unit));
        talk.flush();
    }
}
