using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coop.Identity.Keys;

namespace Coop.Federation.Log.Notes;

/// <summary>
/// A public key that verifies notes (C2SP signed-note): its name, its type and its 32 bytes, written
/// <c>name+hex(key ID)+base64(type ‖ key)</c> ("vkey").
/// </summary>
public sealed record NoteKey
{
    /// <summary>Ed25519 over the note text.</summary>
    public const byte Ed25519Type = 0x01;

    /// <summary>Time-stamped Ed25519 of a witness (C2SP tlog-cosignature).</summary>
    public const byte CosignatureType = 0x04;

    private NoteKey(string name, byte type, byte[] publicKey)
    {
        Name = name;
        Type = type;
        PublicKey = publicKey;
        Id = ComputeId(name, type, publicKey);
    }

    public string Name { get; }

    public byte Type { get; }

    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The first four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ key).</summary>
    public uint Id { get; }

    /// <exception cref="NoteException">The name is empty or has a space or a plus, or the key another length.</exception>
    public static NoteKey Create(string name, byte type, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name) || publicKey.Length != Ed25519.PublicKeySizeBytes || type is not (Ed25519Type or CosignatureType))
        {
            throw new NoteException("A note key has a name without spaces or '+', type 1 or 4, and 32 bytes.");
        }

        return new NoteKey(name, type, publicKey.ToArray());
    }

    /// <summary>Reads a vkey; its key ID must be the right one.</summary>
    /// <exception cref="NoteException">It is not a vkey of a type that this code verifies.</exception>
    public static NoteKey Parse(string vkey)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        var parts = vkey.Split('+', 3);
        if (parts.Length != 3 || HashText.ParseBytes(parts[2]) is not { Length: 1 + Ed25519.PublicKeySizeBytes } bytes)
        {
            throw new NoteException("A verifier key is name+id+base64.");
        }

        var key = Create(parts[0], bytes[0], bytes.AsSpan(1));
        return parts[1] == key.IdText ? key : throw new NoteException("The verifier key's id does not belong to it.");
    }

    /// <summary>Names are not empty and have no space of any kind, no control character and no '+'.</summary>
    public static bool IsName(string name) =>
        !string.IsNullOrEmpty(name) && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    public override string ToString() => $"{Name}+{IdText}+{Convert.ToBase64String([Type, .. PublicKey.Span])}";

    public bool Equals(NoteKey? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => (int)(Id & int.MaxValue);

    private string IdText => Id.ToString("x8", CultureInfo.InvariantCulture);

    private static uint ComputeId(string name, byte type, byte[] publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. publicKey]));
}
