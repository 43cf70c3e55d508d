package io.driftwood.bench;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.variational.Bound;
import io.driftwood.inference.variational.Extra;
import io.driftwood.inference.variational.GaussianVariational;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.PathParameters;
import io.driftwood.inference.variational.PathPlan;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.StratifiedPaths;
import io.driftwood.inference.variational.StratifiedTuner;
import io.driftwood.inference.variational.TuningRun;
import io.driftwood.inference.variational.Trained;
import io.driftwood.inference.variational.WhitenedTarget;
import io.driftwood.jobs.bench.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The published tables of Langevin paths again: six methods from a diagonal normal start tuned with the rest, score networks where they were published with
 * them, and beside them the best of ours at as many bridges: coordinates whitened by a full normal, steps of their own for coordinates and bridges, a moving
 * reference, and strata where they help. Bounds from 8000 fresh paths.
 *
 * <p>Differs from the published runs: 1,000 to 6,000 iterations at rate 0.01 or 0.02 and not 150,000 at the best of three; eight paths and not five; the best
 * parameters of those judged; a start at the mode where one is found.
 */
final class VariationalBench implements Bench {

    private static final int JUDGES = 1000;
    /** As many as lanes of a vector: no dearer than the five of the published runs. */
    private static final int PATHS = 8;
    private static final double CLOSE = 0.3;
    private static final int FRESH = 8000;
    /** More parts cost as much again, and bring little more. */
    private static final int STRATA = 8;
    /** In nats: where less is left to log Z nothing is divided, because strata bring nothing there. */
    private static final double GAP = 0.2;
    private static final Randomness RANDOM = Randomness.of(20_261_122, "variational tables");

    @Override
    public String name() { return "variational"; }

    @Override
    public String help() { return "Published bounds of annealed Langevin paths, reproduced, and the best of ours, in nats; --data, --full, --page."; }

    @Override
    public boolean onlyWhenNamed() { return true; }

    @Override
    public List<Figure> run(PrintWriter talk) throws Exception {
        return run(new Benchmarks.Wishes(false, false, Map.of(), Optional.empty()), talk);
    }

    @Override
    public List<Figure> run(Benchmarks.Wishes wishes, PrintWriter talk) throws Exception {
        return run(PublishedBounds.all(wishes.data()), PublishedBounds.BRIDGES.subList(0, wishes.full() ? 6 : 3), wishes, talk);
    }

    static List<Figure> run(List<PublishedBounds> problems, List<Integer> counts, Benchmarks.Wishes wishes, PrintWriter talk) throws IOException {
        List<Figure> figures = new ArrayList<>();
        VariationalPage page = new VariationalPage();
        List<String> here = problems.stream().map(PublishedBounds::name).toList();
        for (String name : List.of("brownian", "lorenz")) {
            if (!here.contains(name)) {
                String absent = name + ": its observations may not be kept here; give them by --data " + name + "=FILE";
                talk.println("variational: " + absent);
                page.absent(absent);
            }
        }
        int close = 0;
        int cells = 0;
        for (PublishedBounds problem : problems) {
            page.begin(problem);
            Starts starts = Starts.of(problem.target());
            for (int bridges : counts) {
                List<Cell> row = new ArrayList<>();
                for (Method method : PublishedBounds.METHODS) {
                    Cell cell = starts.published(method, bridges);
                    row.add(cell);
                    cells++;
                    close += cell.bound.mean() >= problem.bound(bridges, method) - CLOSE ? 1 : 0;
                    add(figures, problem.name() + " K=" + bridges + " " + method, cell);
                }
                Cell ours = starts.ours(bridges, problem.logEvidence());
                add(figures, problem.name() + " K=" + bridges + " ours (" + ours.label + ")", ours);
                page.row(problem, bridges, row, ours);
                talk.println("variational: " + page.lastRow());
                talk.flush();
            }
            if (wishes.page().isPresent()) {
                Files.writeString(wishes.page().get(), page.text(close, cells));
            }
        }
        figures.add(Figure.alone("cells not more than 0.3 nat below the published bound", (double) close / cells, ""));
        return figures;
    }

    private static void add(List<Figure> figures, String label, Cell cell) {
        figures.add(Figure.alone(label, cell.bound.mean(), "nat +- " + String.format(Locale.ROOT, "%.3f", cell.bound.standardError())));
    }

    /** What one tuning came to, and how long it took. */
    record Cell(String label, Bound bound, double seconds) {}

    /** A target with the two normals that tuning begins from. */
    private record Starts(Target target, GaussianTarget diagonal, Target white) {

        static Starts of(Target target) {
            GaussianTarget full = normal(target, GaussianVariational.Covariance.FULL, 4000);
            return new Starts(target, normal(target, GaussianVariational.Covariance.DIAGONAL, 3000), new WhitenedTarget(target, full));
        }

        private static GaussianTarget normal(Target target, GaussianVariational.Covariance covariance, int iterations) {
            return new GaussianVariational(covariance, GaussianVariational.Options.standard(iterations)).fit(target, new double[target.dimension()], RANDOM).normal();
        }

        Cell published(Method method, int bridges) {
            int d = target.dimension();
            double[] logSd = new double[d];
            double least = 1;
            for (int j = 0; j < d; j++) {
                logSd[j] = Math.log(diagonal.lower()[j * d + j]);
                least = Math.min(least, diagonal.lower()[j * d + j]);
            }
            // Steps a fifth of the least spread are far from unstable.
            double step = method.hasMomentum() ? 0.2 * least : 0.02 * least * least;
            PathPlan plan = PathPlan.published(method, d, bridges);
            PathParameters first = plan.first(step, method.keepsShare() ? 0.5 : 0.5 / step).withStart(diagonal.mean(), logSd);
            boolean networks = plan.extras().contains(Extra.NETWORK);
            int iterations = d > 80 ? 1000 : networks ? (bridges <= 8 ? 6000 : bridges <= 16 ? 4000 : 3000) : 2500;
            return tune(method.name(), target, plan, first, iterations, networks ? 0.02 : 0.01);
        }

        /** The best of two plans, and of eight strata where those leave a gap to be closed. */
        Cell ours(int bridges, double logEvidence) {
            PathPlan uha = PathPlan.of(Method.UHA, target.dimension(), bridges).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.FRAME);
            PathPlan ldvi = PathPlan.of(Method.LDVI_EXACT, target.dimension(), bridges).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.AFFINE);
            Cell best = better(tune("uha, frame", white, uha, uha.first(0.1, 0.5), 4000, 0.02), tune("ldvi, affine", white, ldvi, ldvi.first(0.1, 3), 4000, 0.02));
            return logEvidence - best.bound.mean() < GAP ? best : better(best, strata(bridges));
        }

        private static Cell better(Cell first, Cell second) { return first.bound.mean() > second.bound.mean() ? first : second; }

        private Cell strata(int bridges) {
            long begin = System.nanoTime();
            PathPlan plan = PathPlan.of(Method.UHA, target.dimension(), bridges).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE);
            GaussianVariational starts = new GaussianVariational(GaussianVariational.Covariance.FULL, GaussianVariational.Options.standard(1000));
            Randomness random = RANDOM.branch(bridges);
            StratifiedPaths paths = new StratifiedTuner(List.of(STRATA), StratifiedTuner.SOFTNESS, plan, starts, options(bridges <= 8 ? 1000 : 500, 0.02))
                    .tune(white, plan.first(0.1, 0.5), random);
            return new Cell("uha, " + STRATA + " strata", paths.run(FRESH, random.branch(FRESH)).bound(), (System.nanoTime() - begin) * 1e-9);
        }
    }

    private static Cell tune(String label, Target target, PathPlan plan, PathParameters first, int iterations, double rate) {
        long begin = System.nanoTime();
        TuningRun run = new PathTuner(plan, options(iterations, rate)).begin(target, first, RANDOM.branch(plan.bridges()));
        run.advance(iterations);
        return new Cell(label, run.bound(FRESH), (System.nanoTime() - begin) * 1e-9);
    }

    private static PathTuner.Options options(int iterations, double rate) {
        return new PathTuner.Options(PATHS, iterations, rate, JUDGES, iterations / 20, 20, EnumSet.allOf(Trained.class));
    }
}
