using System.Globalization;
using Coop.Identity.Keys;
using Coop.Node.Hosting;

namespace Coop.Node.Identity;

/// <summary>
/// The private keys of one generation of the node's DID, each in a file of its own that carries the
/// generation's number. A generation's files are made before it is published and are the same however often
/// they are asked for, so that a crash at any moment leaves nothing that the next attempt cannot use.
/// </summary>
internal sealed class NodeKeys : IDisposable
{
    private NodeKeys(long generation, Ed25519Key update, Ed25519Key nextUpdate, Ed25519Key assertion, P256Key es256) =>
        (Generation, Update, NextUpdate, Assertion, Es256) = (generation, update, nextUpdate, assertion, es256);

    public long Generation { get; }

    /// <summary>Signs this generation's entry of the DID's history.</summary>
    public Ed25519Key Update { get; }

    /// <summary>Will sign the next one's; until then only its hash is public.</summary>
    public Ed25519Key NextUpdate { get; }

    /// <summary>Signs credentials and, later, requests to other nodes.</summary>
    public Ed25519Key Assertion { get; }

    /// <summary>Signs SD-JWT credentials and whatever else wants ES256.</summary>
    public P256Key Es256 { get; }

    /// <summary>Reads a generation's keys, or makes those that are missing.</summary>
    public static NodeKeys Open(NodeOptions options, long generation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = options.KeyFolder;
        return new(
            generation,
            KeyFiles.Ed25519(folder, UpdateFile(generation)),
            KeyFiles.Ed25519(folder, UpdateFile(generation + 1)),
            KeyFiles.Ed25519(folder, AssertionFile(generation)),
            KeyFiles.P256(folder, CredentialsFile(generation)));
    }

    /// <summary>As <see cref="Open"/>, for a generation that is published: its keys are there or lost.</summary>
    /// <exception cref="FormatException">A file is missing; none was made in its place.</exception>
    public static NodeKeys OpenPublished(NodeOptions options, long generation)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] names = [UpdateFile(generation), UpdateFile(generation + 1), AssertionFile(generation), CredentialsFile(generation)];
        return names.FirstOrDefault(name => !File.Exists(Path.Combine(options.KeyFolder, name))) is { } missing
            ? throw new FormatException(
                $"The key file {missing} is missing in {options.KeyFolder}. Replicas of one node share their keys: copy the "
                + "folder from the replica that has the right ones, or bring it back from a backup.")
            : Open(options, generation);
    }

    /// <summary>
    /// Deletes what earlier generations signed with: nobody can sign with a retired key any more, so that
    /// its public half may stay in the DID document.
    /// </summary>
    public static void Forget(NodeOptions options, long before)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Downwards, and on through gaps: a crash may have left any of them.
        for (var generation = before - 1; generation > 0; generation--)
        {
            foreach (var name in new[] { UpdateFile(generation), AssertionFile(generation), CredentialsFile(generation) })
            {
                File.Delete(Path.Combine(options.KeyFolder, name));
            }
        }
    }

    public void Dispose()
    {
        Update.Dispose();
        NextUpdate.Dispose();
        Assertion.Dispose();
        Es256.Dispose();
    }

    private static string UpdateFile(long generation) => Name("did-update", generation, "ed25519");

    private static string AssertionFile(long generation) => Name("assertion", generation, "ed25519");

    private static string CredentialsFile(long generation) => Name("credentials", generation, "p256");

    private static string Name(string purpose, long generation, string type) =>
        string.Create(CultureInfo.InvariantCulture, $"{purpose}-{generation}.{type}");
}
