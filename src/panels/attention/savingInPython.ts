/** How another program saves attention for the panel. Short enough for a phone: a statement must not wrap. */
export const savingInPython = `import json, numpy as np
maps = [x[0].float().numpy() for x in a]
np.save("maps.npy", maps)
names = tokenizer.convert_ids_to_tokens(ids)
json.dump(names, open("tokens.json", "w"))`
