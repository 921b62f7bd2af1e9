using System.Reflection;

namespace Archiver.Tests.Packaging;

/// <summary>Lists what an assembly offers to others: a line for each public type and member, sorted.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(static type => Members(type).Prepend(Declaration(type))).Order(StringComparer.Ordinal);

    private static string Declaration(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = new[] { type.BaseType == typeof(object) ? null : type.BaseType }.Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])).OfType<Type>();
        return $"{Name(type)}: {string.Join(", ", bases.Select(Name).Prepend(kind))}";
    }

    // What the compiler makes of a record is told by the record's own members.
    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Declared).Where(static member => !member.Name.Contains('<', StringComparison.Ordinal)).Select(Text).OfType<string>()
            .Select(text => $"{Name(type)}.{text}");

    private static string? Text(MemberInfo member) => member switch
    {
        ConstructorInfo made when IsVisible(made) => $"new({Parameters(made)})",
        FieldInfo { IsPublic: true, IsSpecialName: false } field => $"{field.Name}: {Name(field.FieldType)}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        PropertyInfo property when Accessors(property) is { Length: > 0 } accessors => $"{property.Name}: {Name(Nullability.Create(property))} {{ {accessors}}}",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) && method.Name is not ("PrintMembers" or "Equals" or "GetHashCode" or "Deconstruct") =>
            $"{(method.IsStatic ? "static " : "")}{method.Name}({Parameters(method)}): {Name(Nullability.Create(method.ReturnParameter))}",
        _ => null,
    };

    private static string Accessors(PropertyInfo property) => string.Concat(
        property.GetMethod is { } get && IsVisible(get) ? "get; " : "",
        property.SetMethod is { } set && IsVisible(set) ? set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init; " : "set; " : "");

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        $"{Name(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"));

    private static string Name(NullabilityInfo info)
    {
        var arguments = info.GenericTypeArguments.Length == 0 ? "" : $"<{string.Join(", ", info.GenericTypeArguments.Select(Name))}>";
        var isNullableValue = Nullable.GetUnderlyingType(info.Type) is not null;
        var name = isNullableValue ? Name(info.Type) : info.Type.IsGenericType ? info.Type.Name.Split('`')[0] + arguments : Name(info.Type);
        return name + (info.ReadState == NullabilityState.Nullable && !isNullableValue ? "?" : "");
    }

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Assembly.GetName().Name!.StartsWith("Archiver", StringComparison.Ordinal) ? type.FullName! : type.Name;
}
