package io.driftwood.inference.variational;

import java.util.Arrays;

/** Derivatives of a mean of log-weights in every parameter: from the end of a run back to its beginning, step by step, the noise held. */
final class ReverseSweep {

    private final PathRun run;
    private final Cotangents bar;

    ReverseSweep(PathRun run) {
        this.run = run;
        this.bar = new Cotangents(run.leg.size, run.leg.dimension);
    }

    /** Overwrites {@code gradient} with that of the objective at the latest run, laid out as {@link PathParameters#flat}. */
    void gradient(Objective objective, double[] gradient) {
        Arrays.fill(gradient, 0);
        objective.shares(run.logWeights, run.leg.size, bar.share);
        GradientSum sum = new GradientSum(run.plan, run.steering, gradient);
        end(sum);
        for (int k = run.steps() - 1; k >= 0; k--) {
            Dynamics dynamics = run.placeAgain(k);
            if (run.undoing()) {
                undo(k, dynamics);
            }
            dynamics.reverse(run.leg, bar, run.scratch);
            if (run.onBridge(k)) {
                sum.addLeg(run.leg, bar);
            }
        }
        bar.settle(run.leg, run.tape.position(0), run.tape.score(0), run.scratch);
        beginning(objective, sum.gradient);
        sum.finish(run.leg, bar);
    }

    private void beginning(Objective objective, double[] gradient) {
        Layout layout = run.steering.parameters.layout;
        if (objective.doubly()) {
            StartGradient.addDoubly(run.leg, bar, run.steering.start, run.white, run.tape.position(0), objective, layout, gradient, run.scratch);
        } else {
            StartGradient.add(run.leg, bar, run.steering.start, run.white, layout, gradient);
        }
    }

    private void end(GradientSum sum) {
        Leg leg = run.leg;
        double[] score = run.tape.score(run.steps());
        bar.begin(score);
        if (leg.frame != null) {
            leg.frame.end(run.lastPositions(), score, bar.share);
        }
        if (run.hasMomentum()) {
            Layout layout = run.steering.parameters.layout;
            int at = layout.has(Section.LAST_MOMENTUM) ? layout.offset(Section.LAST_MOMENTUM) : -1;
            run.steering.last.reverse(run.lastPositions().values, run.tape.momentum(run.steps()), leg.stride, leg.size, bar, sum.gradient, at);
        }
    }

    /** State k from state k + 1; a state that was marked replaces what undoing gives, and the refreshed momentum is made from it again. */
    private void undo(int k, Dynamics dynamics) {
        Leg leg = run.leg;
        dynamics.undo(leg, run.scratch);
        if (run.tape.load(k)) {
            for (int i = 0; i < leg.length(); i++) {
                leg.refreshed[i] = leg.refresh.keptForward() * leg.fromMomentum[i] + leg.refresh.spreadForward() * leg.noise[i];
            }
            leg.target.evaluate(leg.from, leg.logDensity, leg.fromScore, run.scratch);
        }
    }
}
