package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// log is a log whose tiles are proven against its signed tree.
type log struct {
	files  *files
	origin string
	tree   tlog.Tree
	hashes tlog.HashReader
}

// entry is one entry as its bytes say it; its id is needed to ask for the receipt.
type entry struct {
	bytes []byte

	Actor       string `json:"actor"`
	Id          string `json:"id"`
	Origin      string `json:"origin"`
	PayloadHash string `json:"payloadHash"`
	Prev        string `json:"prev"`
	Seq         int64  `json:"seq"`
	Subject     string `json:"subject"`
	Time        string `json:"time"`
	Type        string `json:"type"`
	V           int    `json:"v"`
	Visibility  string `json:"visibility"`
}

// emptyRoot is the hash of a tree without leaves, and stands for the entry before the first.
var emptyRoot = tlog.Hash(sha256.Sum256(nil))

func newLog(f *files, origin string, tree tlog.Tree) *log {
	return &log{f, origin, tree, tlog.TileHashReader(tree, f)}
}

// checkContinues checks that the tree begins with that of an old checkpoint in a file.
func (l *log) checkContinues(k *keys, old string) (int64, error) {
	if old == "" {
		return 0, nil
	}
	signed, err := os.ReadFile(old)
	if err != nil {
		return 0, err
	}
	c, err := k.open(signed)
	if err != nil {
		return 0, err
	}
	if c.tree.N == 0 {
		return 0, nil
	}
	proof, err := tlog.ProveTree(l.tree.N, c.tree.N, l.hashes)
	if err != nil {
		return 0, err
	}
	if err = tlog.CheckTree(proof, l.tree.N, l.tree.Hash, c.tree.N, c.tree.Hash); err != nil {
		return 0, fmt.Errorf("does not continue its checkpoint of size %d: %v", c.tree.N, err)
	}
	return c.tree.N, nil
}

// checkTiles has the package prove every tile of the tree.
func (l *log) checkTiles() error {
	if l.tree.N == 0 && l.tree.Hash != emptyRoot {
		return fmt.Errorf("the root of the empty tree is another")
	}
	for level, n := 0, l.tree.N; n > 0; level, n = level+1, n>>height {
		for first := int64(0); first < n; first += 1 << height {
			t := tlog.Tile{H: height, L: level, N: first >> height, W: width(first, n)}
			index := tlog.StoredHashIndex(level*height, first)
			if _, err := l.hashes.ReadHashes([]int64{index}); err != nil {
				return err
			}
			if _, ok := l.files.proven(t); !ok {
				return fmt.Errorf("%s was not proven", path(t))
			}
		}
	}
	return nil
}

// width is that of the tile that begins at a hash of a level that has n.
func width(first, n int64) int {
	if n-first < 1<<height {
		return int(n - first)
	}
	return 1 << height
}

func (l *log) checkEntries() ([]entry, error) {
	var entries []entry
	prev := emptyRoot
	for first := int64(0); first < l.tree.N; first += 1 << height {
		w := width(first, l.tree.N)
		bundle, err := l.files.get(path(tlog.Tile{H: height, L: -1, N: first >> height, W: w}))
		if err != nil {
			return nil, err
		}
		for n := first; n < first+int64(w); n++ {
			var e entry
			if bundle, err = e.read(bundle); err == nil {
				prev, err = l.checkEntry(&e, n, prev)
			}
			if err != nil {
				return nil, fmt.Errorf("entry %d: %v", n, err)
			}
			entries = append(entries, e)
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("the bundle of entry %d goes on behind its last entry", first)
		}
	}
	return entries, nil
}

// checkEntry answers the entry's hash, once it is the signed one.
func (l *log) checkEntry(e *entry, n int64, prev tlog.Hash) (tlog.Hash, error) {
	signed, err := l.hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
	if err != nil {
		return prev, err
	}
	hash := tlog.RecordHash(e.bytes)
	switch {
	case hash != signed[0]:
		return prev, fmt.Errorf("is not the one that was signed")
	case e.V != 1 || e.Seq != n || e.Origin != l.origin:
		return prev, fmt.Errorf("says it is v%d %d of %s", e.V, e.Seq, e.Origin)
	case e.Prev != prev.String():
		return prev, fmt.Errorf("does not name the hash of the entry before")
	}
	return hash, nil
}

// read takes an entry off a bundle and answers the rest.
func (e *entry) read(bundle []byte) ([]byte, error) {
	if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
		return nil, fmt.Errorf("the bundle is cut short")
	}
	size := int(binary.BigEndian.Uint16(bundle))
	e.bytes = bundle[2 : 2+size]
	decoder := json.NewDecoder(bytes.NewReader(e.bytes))
	decoder.DisallowUnknownFields()
	return bundle[2+size:], decoder.Decode(e)
}

// checkReceipt checks the C2SP tlog-proof that the log answers for an entry.
func checkReceipt(f *files, k *keys, e entry) error {
	receipt, err := f.get("events/" + e.Id + "/receipt")
	if err != nil {
		return err
	}
	proof, signed, found := strings.Cut(string(receipt), "\n\n")
	lines := strings.Split(proof, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != "index "+strconv.FormatInt(e.Seq, 10) {
		return fmt.Errorf("is not a proof of it")
	}
	c, err := k.open([]byte(signed))
	if err != nil {
		return err
	}
	var hashes tlog.RecordProof
	for _, line := range lines[2:] {
		bytes, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(bytes) != tlog.HashSize {
			return fmt.Errorf("%q is not a hash", line)
		}
		hashes = append(hashes, *(*tlog.Hash)(bytes))
	}
	return tlog.CheckRecord(hashes, c.tree.N, c.tree.Hash, e.Seq, tlog.RecordHash(e.bytes))
}
