using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Xunit;

namespace Tracing.Tests.DuckDb;

/// <summary>
/// Whatever DuckDB.NET.Data refers to in the bindings must be there, public, with that signature:
/// the runtime would find a gap only when a caller steps into it.
/// </summary>
public sealed class MemberReferencesTests : IDisposable
{
    private const string BindingsName = "DuckDB.NET.Bindings";

    private readonly PEReader dataFile;
    private readonly PEReader bindingsFile;
    private readonly MetadataReader data;
    private readonly MetadataReader bindings;

    public MemberReferencesTests()
    {
        dataFile = new PEReader(File.OpenRead(typeof(DuckDBConnection).Assembly.Location));
        bindingsFile = new PEReader(File.OpenRead(typeof(DuckDBResult).Assembly.Location));
        data = dataFile.GetMetadataReader();
        bindings = bindingsFile.GetMetadataReader();
    }

    public void Dispose()
    {
        dataFile.Dispose();
        bindingsFile.Dispose();
    }

    [Fact]
    public void The_identity_is_the_one_asked_for()
    {
        var asked = data.AssemblyReferences
            .Select(data.GetAssemblyReference)
            .Single(reference => data.GetString(reference.Name) == BindingsName);
        var given = typeof(DuckDBResult).Assembly.GetName();

        Assert.Equal(BindingsName, given.Name);
        Assert.Equal(asked.Version, given.Version);
        Assert.Equal(data.GetBlobBytes(asked.PublicKeyOrToken), given.GetPublicKeyToken());
    }

    [Fact]
    public void Every_type_reference_resolves()
    {
        var asked = data.TypeReferences.Where(IsOurs).Select(handle => Names.Of(data, handle)).ToList();
        var given = PublicTypes().Keys.ToHashSet();

        Assert.True(asked.Count > 50, $"Only {asked.Count} type references were found.");
        Assert.Empty(asked.Except(given));
    }

    [Fact]
    public void Every_member_reference_resolves()
    {
        var given = PublicMembers();
        var asked = new List<string>();
        foreach (var handle in data.MemberReferences)
        {
            var member = data.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference
                || !IsOurs((TypeReferenceHandle)member.Parent))
            {
                continue;
            }

            var parent = Names.Of(data, (TypeReferenceHandle)member.Parent);
            var name = data.GetString(member.Name);
            asked.Add(member.GetKind() == MemberReferenceKind.Field
                ? $"{parent}::{name} {member.DecodeFieldSignature(Names.Instance, null)}"
                : $"{parent}::{name} {Text(member.DecodeMethodSignature(Names.Instance, null))}");
        }

        Assert.True(asked.Count > 200, $"Only {asked.Count} member references were found.");
        Assert.Empty(asked.Except(given));
    }

    [Fact]
    public void Enum_numbers_that_data_compiles_in_are_ours()
    {
        // Data carries numbers, not names: a type read back must come out under its own name.
        using var database = new Database();
        using var command = database.Command(
            "SELECT 1::UBIGINT, 1::UHUGEINT, 'a'::VARCHAR, TIME_NS '00:00:00', [1], 1::BIGNUM");
        using var reader = command.ExecuteReader();

        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName);
        Assert.Equal(
            ["UnsignedBigInt", "UnsignedHugeInt", "Varchar", "TimeNs", "List", "Bignum"], names);
    }

    private Dictionary<string, TypeDefinition> PublicTypes() =>
        bindings.TypeDefinitions
            .Where(handle => IsPublic(bindings.GetTypeDefinition(handle)))
            .ToDictionary(handle => Names.Of(bindings, handle), bindings.GetTypeDefinition);

    private HashSet<string> PublicMembers()
    {
        var members = new HashSet<string>();
        foreach (var (typeName, type) in PublicTypes())
        {
            foreach (var method in type.GetMethods().Select(bindings.GetMethodDefinition))
            {
                if ((method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public)
                {
                    var signature = Text(method.DecodeSignature(Names.Instance, null));
                    members.Add($"{typeName}::{bindings.GetString(method.Name)} {signature}");
                }
            }

            foreach (var field in type.GetFields().Select(bindings.GetFieldDefinition))
            {
                if ((field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public)
                {
                    var signature = field.DecodeSignature(Names.Instance, null);
                    members.Add($"{typeName}::{bindings.GetString(field.Name)} {signature}");
                }
            }
        }

        return members;
    }

    private bool IsPublic(TypeDefinition type) => type.IsNested
        ? (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.NestedPublic
            && IsPublic(bindings.GetTypeDefinition(type.GetDeclaringType()))
        : (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public;

    private bool IsOurs(TypeReferenceHandle handle)
    {
        var scope = data.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsOurs((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => BindingsName
                == data.GetString(data.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => false,
        };
    }

    private static string Text(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "instance " : string.Empty)}{signature.ReturnType} "
        + $"<{signature.GenericParameterCount}>({string.Join(", ", signature.ParameterTypes)})";

    /// <summary>Writes a signature as text that does not depend on which assembly it is in.</summary>
    private sealed class Names : ISignatureTypeProvider<string, object?>
    {
        public static readonly Names Instance = new();

        public static string Of(MetadataReader reader, TypeReferenceHandle handle)
        {
            var type = reader.GetTypeReference(handle);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{Of(reader, (TypeReferenceHandle)type.ResolutionScope)}+{reader.GetString(type.Name)}"
                : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        }

        public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
        {
            var type = reader.GetTypeDefinition(handle);
            return type.IsNested
                ? $"{Of(reader, type.GetDeclaringType())}+{reader.GetString(type.Name)}"
                : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            $"{(SignatureTypeKind)rawTypeKind} {Of(reader, handle)}";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            $"{(SignatureTypeKind)rawTypeKind} {Of(reader, handle)}";

        public string GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

        public string GetByReferenceType(string elementType) => $"{elementType}&";

        public string GetPointerType(string elementType) => $"{elementType}*";

        public string GetPinnedType(string elementType) => $"pinned {elementType}";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
            $"{unmodifiedType} {(isRequired ? "required" : "optional")} {modifier}";

        public string GetFunctionPointerType(MethodSignature<string> signature) =>
            $"pointer {signature.Header} {Text(signature)}";
    }
}
