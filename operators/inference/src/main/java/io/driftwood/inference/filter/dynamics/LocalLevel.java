package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.ParameterSpace;
import java.util.List;

/**
 * A level that wanders, measured with noise:
 * <pre>   level_t = level_{t-1} + N(0, q Delta t),   y_t = level_t + N(0, r)   </pre>
 * Reference: Durbin and Koopman (2012), Time Series Analysis by State Space Methods, chapter 2.
 */
public final class LocalLevel implements LinearGaussian {

    static final Option[] OPTIONS = {
        States.response(),
        States.variance("noise-variance", "Variance of a measurement about the level."),
        States.variance("level-variance", "Variance by which the level wanders in one unit of time."),
        States.initial("the level"),
    };

    private final List<String> channels;
    private final double noise;
    private final double wandering;
    private final double initialMean;
    private final double initialVariance;
    private final ParameterSpace state = States.real("level");

    public LocalLevel(String response, double noiseVariance, double levelVariance, double initialMean, double initialVariance) {
        this.channels = States.one(response);
        this.noise = noiseVariance;
        this.wandering = levelVariance;
        this.initialMean = initialMean;
        this.initialVariance = initialVariance;
    }

    static LocalLevel build(Settings s) {
        return new LocalLevel(s.text("response"), s.number("noise-variance"), s.number("level-variance"),
                s.struct("initial").number("mean"), s.struct("initial").number("variance"));
    }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void initial(double[] mean, double[] covariance) {
        mean[0] = initialMean;
        covariance[0] = initialVariance;
    }

    @Override
    public void transition(Moment moment, double[] matrix, double[] shift) {
        matrix[0] = 1;
        shift[0] = 0;
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) { covariance[0] = wandering * moment.elapsed; }

    @Override
    public void observation(Moment moment, double[] matrix, double[] covariance) {
        matrix[0] = 1;
        covariance[0] = noise;
    }
}
