package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** The built-in state-space models. */
public final class StateSpaceModels {

    public static final Catalogue<StateSpaceModel> CATALOGUE = Catalogue.of("state-space-model",
            Entry.of("local-level", "A level that wanders, measured with noise; exact posterior.", LocalLevel::build, LocalLevel.OPTIONS),
            Entry.of("local-linear-trend", "A level with a slope that wanders; exact posterior.", LocalLinearTrend::build, LocalLinearTrend.OPTIONS),
            Entry.of("seasonal", "A wandering level and a pattern that repeats; exact posterior.", Seasonal::build, Seasonal.OPTIONS),
            Entry.of("autoregressive", "A stationary autoregression, measured with noise; exact posterior.", Autoregressive::build, Autoregressive.OPTIONS),
            Entry.of("log-rate", "Counts whose rate wanders on the log scale.", LogRate::build, LogRate.OPTIONS),
            Entry.of("stochastic-volatility", "Returns whose log-variance is an autoregression.", StochasticVolatility::build, StochasticVolatility.OPTIONS),
            Entry.of("sensor-fusion", "Several sensors of one wandering level, with tails that forgive a sensor that jumps.",
                    SensorFusion::build, SensorFusion.OPTIONS),
            Entry.of("tracking", "A target in the plane with nearly constant velocity, seen by range and bearing.", Tracking::build, Tracking.OPTIONS),
            Entry.of("brownian", "Brownian motion and measurement noise of unknown scales.", Brownian::build, Brownian.OPTIONS),
            Entry.of("markov-switching", "An autoregression whose constants follow a Markov chain of regimes.",
                    MarkovSwitching::build, MarkovSwitching.OPTIONS),
            Entry.of("sir", "An epidemic in a closed population, of which a share of new cases is reported.", Sir::build, Sir.OPTIONS),
            Entry.of("lorenz", "Lorenz's convection, of which one coordinate is measured.", Lorenz::build, Lorenz.OPTIONS));

    private StateSpaceModels() {}

    /** Whether a {@code type} names one of these, or a class on the class path that is a {@link StateSpaceModel}. */
    public static boolean names(String type) {
        if (CATALOGUE.find(type).isPresent()) {
            return true;
        }
        try {
            return type.contains(".") && StateSpaceModel.class.isAssignableFrom(load(type));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * The model that settings name: an entry of the catalogue, or a public class on the class path with a public constructor that takes
     * {@link Settings}, or nothing.
     *
     * @throws ConfigurationException when it cannot be built
     */
    public static StateSpaceModel build(Settings settings) {
        try {
            return CATALOGUE.find(settings.type()).isPresent() ? CATALOGUE.build(settings) : (StateSpaceModel) instance(load(settings.type()), settings);
        } catch (ClassNotFoundException e) {
            throw settings.problem("type", "is not on the class path");
        } catch (NoSuchMethodException e) {
            throw settings.problem("type", "needs a public constructor that takes Settings, or nothing");
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ConfigurationException known) {
                throw known;
            }
            throw settings.problem("type", "cannot be built: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw settings.problem("type", "cannot be built: " + e);
        }
    }

    private static Class<?> load(String type) throws ClassNotFoundException {
        return Class.forName(type, true, Thread.currentThread().getContextClassLoader());
    }

    private static Object instance(Class<?> named, Settings settings) throws ReflectiveOperationException {
        for (Constructor<?> constructor : named.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Settings.class) {
                return constructor.newInstance(settings);
            }
        }
        return named.getConstructor().newInstance();
    }
}
