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
import io.driftwood.inference.variational.Trained;
import io.driftwood.inference.variational.TuningRun;
import io.driftwood.inference.variational.WhitenedTarget;
import java.util.EnumSet;
import java.util.List;

/**
 * A posterior of the tables with the two normals that tuning begins from, and how each cell is tuned.
 *
 * @param diagonal the start of the published methods
 * @param scaled the target where that start is standard, for controlled drifts
 * @param white the target where its nearest normal is standard, for ours
 */
record PathCells(Target target, GaussianTarget diagonal, Target scaled, Target white) {

    private static final int JUDGES = 1000;
    /** As many as lanes of a vector: no dearer than the five of the published runs. */
    private static final int PATHS = 8;
    private static final int FRESH = 8000;
    /** More parts cost as much again, and bring little more. */
    private static final int STRATA = 8;
    /** In nats: where less is left to log Z nothing is divided, because strata bring nothing there. */
    private static final double GAP = 0.2;
    private static final Randomness RANDOM = Randomness.of(20_261_122, "variational tables");

    /** What one tuning came to, and how long it took. */
    record Cell(String label, Bound bound, double seconds) {}

    static PathCells of(Target target) {
        GaussianTarget full = normal(target, GaussianVariational.Covariance.FULL, 4000);
        GaussianTarget diagonal = normal(target, GaussianVariational.Covariance.DIAGONAL, 3000);
        return new PathCells(target, diagonal, new WhitenedTarget(target, diagonal), new WhitenedTarget(target, full));
    }

    private static GaussianTarget normal(Target target, GaussianVariational.Covariance covariance, int iterations) {
        return new GaussianVariational(covariance, GaussianVariational.Options.standard(iterations)).fit(target, new double[target.dimension()], RANDOM).normal();
    }

    /** From a diagonal normal start, with what the method was published with. */
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
        return tune(method.name(), target, plan, first, plan.extras().contains(Extra.NETWORK) ? networks(bridges <= 16 ? 64 : 32) : options(PATHS, 4000, 0.02));
    }

    /** From the same start, but a drift is learned in its units: a network is slow to find those of its output. */
    Cell controlled(int bridges) {
        PathPlan plan = PathPlan.published(Method.CMCD, target.dimension(), bridges);
        return tune(Method.CMCD.name(), scaled, plan, plan.first(0.02, 0.5), networks(32));
    }

    /** Fewer of both where a path is dear. */
    private PathTuner.Options networks(int paths) { return target.dimension() > 80 ? options(2 * PATHS, 2000, 0.02) : options(paths, 3000, 0.02); }

    /** The best of two plans, and of eight strata where those leave a gap to be closed. */
    Cell ours(int bridges, double logEvidence) {
        PathPlan uha = PathPlan.of(Method.UHA, target.dimension(), bridges).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.FRAME);
        PathPlan ldvi = PathPlan.of(Method.LDVI_EXACT, target.dimension(), bridges).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.AFFINE);
        Cell best = better(tune("uha, frame", white, uha, uha.first(0.1, 0.5), options(PATHS, 4000, 0.02)), tune("ldvi, affine", white, ldvi, ldvi.first(0.1, 3), options(PATHS, 4000, 0.02)));
        return logEvidence - best.bound.mean() < GAP ? best : better(best, strata(bridges));
    }

    private static Cell better(Cell first, Cell second) { return first.bound.mean() > second.bound.mean() ? first : second; }

    private Cell strata(int bridges) {
        long begin = System.nanoTime();
        PathPlan plan = PathPlan.of(Method.UHA, target.dimension(), bridges).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE);
        GaussianVariational starts = new GaussianVariational(GaussianVariational.Covariance.FULL, GaussianVariational.Options.standard(1000));
        Randomness random = RANDOM.branch(bridges);
        StratifiedPaths paths = new StratifiedTuner(List.of(STRATA), StratifiedTuner.SOFTNESS, plan, starts, options(PATHS, bridges <= 8 ? 1000 : 500, 0.02))
                .tune(white, plan.first(0.1, 0.5), random);
        return new Cell("uha, " + STRATA + " strata", paths.run(FRESH, random.branch(FRESH)).bound(), (System.nanoTime() - begin) * 1e-9);
    }

    private static Cell tune(String label, Target target, PathPlan plan, PathParameters first, PathTuner.Options options) {
        long begin = System.nanoTime();
        TuningRun run = new PathTuner(plan, options).begin(target, first, RANDOM.branch(plan.bridges()));
        run.advance(options.iterations());
        return new Cell(label, run.bound(FRESH), (System.nanoTime() - begin) * 1e-9);
    }

    private static PathTuner.Options options(int paths, int iterations, double rate) {
        return new PathTuner.Options(paths, iterations, rate, JUDGES, iterations / 20, 20, EnumSet.allOf(Trained.class));
    }
}
