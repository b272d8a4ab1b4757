using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fixtures.Tests.Architecture;

/// <summary>Prints an assembly's public API, much as C# writes it: one line a member, without what the compiler adds to a record.</summary>
internal static class PublicApiPrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static IEnumerable<string> Print(Assembly assembly)
    {
        foreach (IGrouping<string?, Type> names in assembly.GetExportedTypes().GroupBy(type => type.Namespace).OrderBy(names => names.Key, StringComparer.Ordinal))
        {
            yield return $"namespace {names.Key}";
            foreach (Type type in names.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                yield return "";
                yield return Header(type);
                foreach (string member in Members(type))
                    yield return "    " + member;
            }
        }
    }

    private static string Header(Type type)
    {
        bool isRecord = type.GetMethod("<Clone>$", Declared) is not null;
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (isRecord ? "record" : "class"),
        };
        IEnumerable<Type> inherited = type.GetInterfaces().Where(face => !(isRecord && face == typeof(IEquatable<>).MakeGenericType(type)));
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            inherited = inherited.Except(parent.GetInterfaces()).Prepend(parent);
        string bases = type.IsEnum ? "" : string.Join(", ", inherited.Select(Name));
        return $"public {kind} {Name(type)}{(bases.Length == 0 ? "" : " : " + bases)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return [string.Join(", ", Enum.GetNames(type))];
        return
        [
            .. type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"{Scope(constructor)}{Name(type)}({Parameters(constructor)})"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(Field),
            .. type.GetProperties(Declared).Where(property => IsVisible(property.GetMethod ?? property.SetMethod!)).OrderBy(property => property.Name, StringComparer.Ordinal).Select(Property),
            .. type.GetEvents(Declared).Where(raised => IsVisible(raised.AddMethod!)).Select(raised => $"event {Name(raised.EventHandlerType!)} {raised.Name}"),
            .. type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName).Select(Method).Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsVisible(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && (method.IsSpecialName && method is MethodInfo || !method.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static string Field(FieldInfo field) =>
        $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(new NullabilityInfoContext().Create(field))} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string set = property.SetMethod is { } setter && IsVisible(setter) ? isInit ? " init;" : " set;" : "";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Scope((property.GetMethod ?? property.SetMethod)!)}{required}{Name(new NullabilityInfoContext().Create(property))} {property.Name} {{ get;{set} }}";
    }

    private static string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Scope(method)}{Name(new NullabilityInfoContext().Create(method.ReturnParameter))} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Scope(MethodBase method)
    {
        string inheritance = method switch
        {
            { IsStatic: true } => "static ",
            { IsVirtual: true } when method is MethodInfo known && known.GetBaseDefinition() != known => "override ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return (method.IsPublic ? "" : "protected ") + inheritance;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string before = (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
            + (parameter.IsDefined(typeof(CallerFilePathAttribute)) ? "[CallerFilePath] " : "")
            + (parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "");
        string after = parameter.HasDefaultValue ? " = " + Value(parameter) : "";
        return $"{before}{Name(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{after}";
    }

    private static string Value(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        string text => $"\"{text}\"",
        bool value => value ? "true" : "false",
        object value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(NullabilityInfo info)
    {
        string mark = info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";
        if (info.ElementType is { } element)
            return $"{Name(element)}[]{mark}";
        return (info.GenericTypeArguments.Length > 0 && Nullable.GetUnderlyingType(info.Type) is null
            ? Generic(info.Type, info.GenericTypeArguments.Select(Name))
            : Name(info.Type)) + mark;
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        string name = type.IsGenericType ? Generic(type, type.GetGenericArguments().Select(Name)) : type.Name;
        return type is { IsNested: true, IsGenericParameter: false } ? $"{Name(type.DeclaringType!)}.{name}" : name;
    }

    private static string Generic(Type type, IEnumerable<string> arguments) =>
        $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>";
}
