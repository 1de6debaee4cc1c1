package dev.storewatch.system;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Refuses settings of the product that nobody reads, wherever they are set: a mistyped name would
 * change nothing, and tell nobody.
 */
public final class KnownSettings implements SmartInitializingSingleton {
  private static final String PREFIX = "storewatch.";

  private final ConfigurableApplicationContext context;
  private final SortedSet<String> names;

  /**
   * Knows the settings of the classes that hold settings.
   *
   * @param others settings that are read elsewhere
   */
  public KnownSettings(ConfigurableApplicationContext context, List<String> others) {
    this.context = context;
    this.names = new TreeSet<>(others);
  }

  /**
   * Checks all settings, when everything else is made and nobody is served yet.
   *
   * @throws BadSetting if one of them is not known
   */
  @Override
  public void afterSingletonsInstantiated() {
    for (ConfigurationPropertiesBean bean : ConfigurationPropertiesBean.getAll(context).values()) {
      String prefix = bean.getAnnotation().prefix();
      if ((prefix + ".").startsWith(PREFIX)) {
        addNames(
            prefix,
            ResolvableType.forClass(
                Objects.requireNonNull(bean.asBindTarget().getType().resolve())));
      }
    }
    context.getEnvironment().getPropertySources().stream()
        .filter(EnumerablePropertySource.class::isInstance)
        .flatMap(
            source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
        .filter(name -> plain(name).startsWith(plain(PREFIX)) && !isKnown(plain(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw new BadSetting(
                  "there is no setting %s: there are %s".formatted(name, String.join(", ", names)),
                  null);
            });
  }

  private void addNames(String name, ResolvableType type) {
    Class<?> raw = type.resolve(Object.class);
    if (raw.isRecord()) {
      for (var component : raw.getRecordComponents()) {
        addNames(
            name + "." + dashed(component.getName()),
            ResolvableType.forType(component.getGenericType()));
      }
    } else {
      names.add(Map.class.isAssignableFrom(raw) ? name + ".*" : name);
    }
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Elements of a list have a number at the end. */
  private boolean isKnown(String plain) {
    return names.stream()
        .anyMatch(
            name ->
                name.endsWith(".*")
                    ? plain.startsWith(plain(name))
                    : plain.replaceAll("\\d+$", "").equals(plain(name)));
  }

  /** Returns a name as it is in every way of writing it. */
  private static String plain(String name) {
    return name.chars()
        .filter(Character::isLetterOrDigit)
        .mapToObj(letter -> String.valueOf((char) Character.toLowerCase(letter)))
        .collect(Collectors.joining());
  }
}
